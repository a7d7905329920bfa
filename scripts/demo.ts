import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.ts';
import { expectedLines, Transcript } from './transcript.ts';

const PARLEY = join(import.meta.dirname, '../out/main/parley.js');
const DEFAULT_BASE = 8080;
/** The whole demo takes about two seconds. Milliseconds. */
const TIME_LIMIT = 60_000;
const STOP_LIMIT = 10_000;

/** One of the two terminals: a process whose lines are shown and checked. */
class Terminal {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #transcript: Transcript;
  readonly #complete = Promise.withResolvers<void>();
  readonly ended: Promise<void>;
  #waiting: (() => void) | null = null;

  constructor(name: string, args: readonly string[], transcript: Transcript) {
    this.#name = name;
    this.#transcript = transcript;
    const child = spawn(process.execPath, [PARLEY, 'serve', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => this.#onLine(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.#show(line));
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }

  get missing(): string | null {
    return this.#transcript.missing;
  }

  /** Resolves when every expected line has come. */
  get complete(): Promise<void> {
    return this.#complete.promise;
  }

  /** Resolves when the terminal waits for calls. */
  get waits(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT);
    await this.ended;
    clearTimeout(timer);
  }

  #onLine(line: string): void {
    this.#show(line);
    this.#transcript.take(line);
    if (line.startsWith('⏳')) this.#waiting?.();
    if (this.#transcript.missing === null) this.#complete.resolve();
  }

  #show(line: string): void {
    console.log(`${this.#name.padEnd(5)} | ${line}`);
  }
}

/** Runs the peer-to-peer example as two processes; the answer is the exit code. */
async function demo(base: number): Promise<number> {
  const ports = { alice: base, bob: base + 1 };
  for (const port of [ports.alice, ports.bob]) {
    const obstacle = await obstacleAt(port);
    if (obstacle === null) continue;
    console.error(`❌ ${obstacle}`);
    console.error('   Free it, or choose two others: npm run demo -- --port-base 9000');
    return 1;
  }
  if (!(await ensureBuilt())) return 1;

  const expected = expectedLines(ports);
  const terminal = (name: 'Alice' | 'Bob', own: number, other: number, friend: string) => {
    const transcript = new Transcript(name === 'Alice' ? expected.alice : expected.bob);
    const address = `127.0.0.1:${other}`;
    const options = ['--name', name, '--port', `${own}`, '--peer', address, '--peer-name', friend];
    return new Terminal(name, options, transcript);
  };
  const timeUp = AbortSignal.timeout(TIME_LIMIT);
  const limit = new Promise<void>((resolve) => timeUp.addEventListener('abort', () => resolve()));
  const terminals: Terminal[] = [];
  const interrupt = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt.resolve);
  const unless = (wanted: Promise<unknown>, ...ends: Promise<unknown>[]) =>
    Promise.race([wanted, limit, interrupt.promise, ...ends]);
  try {
    const alice = terminal('Alice', ports.alice, ports.bob, 'Bob');
    terminals.push(alice);
    await unless(alice.waits, alice.ended);
    const bob = terminal('Bob', ports.bob, ports.alice, 'Alice');
    terminals.push(bob);
    await unless(Promise.all([alice.complete, bob.complete]), alice.ended, bob.ended);
  } finally {
    await Promise.all(terminals.map((it) => it.stop()));
  }
  return report(terminals, timeUp.aborted);
}

function report(terminals: readonly Terminal[], timeUp: boolean): number {
  const missing = terminals.map((it) => it.missing).filter((line) => line !== null);
  if (missing.length === 0 && terminals.length === 2) {
    console.log('\n✅ Every expected line came.');
    return 0;
  }
  console.error(
    `\n❌ The demo did not run as expected${timeUp ? ` in ${TIME_LIMIT / 1000} s` : ''}.`,
  );
  for (const line of missing) console.error(`   This line did not come: ${line}`);
  return 1;
}

/** Why a port cannot be listened on; null when it can. */
function obstacleAt(port: number): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE';
      resolve(
        busy
          ? `Port ${port} is busy: another program listens on it.`
          : `Port ${port} cannot be used (${error.code}).`,
      );
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)));
  });
}

function portBase(): number | null {
  const { values } = parseArgs({ options: { 'port-base': { type: 'string' } }, strict: false });
  const text = values['port-base'];
  if (text === undefined) return DEFAULT_BASE;
  const base = Number(text);
  return Number.isInteger(base) && base >= 1 && base <= 65_534 ? base : null;
}

const base = portBase();
if (base === null) {
  console.error('❌ --port-base takes a port from 1 to 65534; the demo uses it and the next one.');
  process.exitCode = 2;
} else {
  process.exitCode = await demo(base);
}
