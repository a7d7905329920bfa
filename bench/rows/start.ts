import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan, Row, Side } from '../lib/row.ts';

const BUILT = join(import.meta.dirname, '../../out/main/parley.js');
/** What people start: it looks whether the build is up to date and keeps compiled code. */
const PARLEY = join(import.meta.dirname, '../../bin/parley.js');
const BARE = join(import.meta.dirname, '../roles/bare-http-server.mjs');
/** The longest that a start may take, milliseconds. */
const WAIT_TIMEOUT_MS = 20_000;

/** What is started, and the folder that it takes for the user's own. */
interface Start {
  readonly args: readonly string[];
  readonly home: string;
  readonly profiles: string | null;
}

/** Milliseconds from starting a Node process to its `ready` line. */
async function timeToReady({ args, home, profiles }: Start): Promise<number> {
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const began = performance.now();
  const child = spawn(process.execPath, [...profiling, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: home, XDG_CACHE_HOME: home, LOCALAPPDATA: home },
  });
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), WAIT_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"event":"ready"')) return performance.now() - began;
    }
    throw new Error(`${args[0]} ended before it listened.`);
  } finally {
    child.kill();
    await exit;
    clearTimeout(timer);
  }
}

/** A side that starts anew in each run. */
function starting(start: Start): Side {
  return {
    run: async () => ({ value: await timeToReady(start) }),
    stop: async () => {},
  };
}

function startRow(name: string, title: string, args: (folder: string) => readonly string[]): Row {
  return {
    name,
    title,
    against: 'bare Node HTTP server',
    unit: 'ms',
    goal: 'at-most',
    target: 2,
    prepare: async (plan: Plan, folder) => {
      if (!existsSync(BUILT)) throw new Error('There is no build. Run "npm run build" first.');
      const home = join(folder, 'home');
      const serve = [PARLEY, 'serve', '--port', '0', '--json', ...args(folder)];
      // The first start, which makes identity, history and compiled code, is the one that does not
      // count.
      return {
        ours: starting({ args: serve, home, profiles: plan.profiles }),
        baseline: starting({ args: [BARE], home, profiles: null }),
      };
    },
  };
}

export const START_ROWS: readonly Row[] = [
  startRow('start', '`parley serve` to listening, nothing kept', () => []),
  startRow('start-profile', '`parley serve` to listening, on a profile', (folder) => [
    '--data',
    join(folder, 'profile'),
  ]),
];
