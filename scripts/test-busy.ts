import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** As many as the machines of most hosted CI runners have processors. */
const BURNERS = 2;

// Runs `npm test` beside threads that never rest: a test that waits for time and not for an event
// fails here first. The threads end with this process.
const burners = Array.from({ length: BURNERS }, () => new Worker('for (;;);', { eval: true }));
const tests = spawn('npm test', { stdio: 'inherit', shell: true });
const [code] = await once(tests, 'exit');
await Promise.all(burners.map((burner) => burner.terminate()));
process.exit(code ?? 1);
