import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan, Row, Side } from '../lib/row.ts';

const BUILT = join(import.meta.dirname, '../../out/main/parley.js');
const BARE = join(import.meta.dirname, '../roles/bare-http-server.mjs');
/** The longest that a start may take, milliseconds. */
const PATIENCE = 20_000;

/** Milliseconds from starting a Node process to its `ready` line. */
async function timeToReady(args: readonly string[], profiles: string | null): Promise<number> {
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  const began = performance.now();
  const child = spawn(process.execPath, [...profiling, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
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
function starting(args: readonly string[], profiles: string | null): Side {
  return {
    run: async () => ({ value: await timeToReady(args, profiles) }),
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
      const serve = [BUILT, 'serve', '--port', '0', '--json', ...args(folder)];
      // The first start, which makes identity and history, is the one that does not count.
      return { ours: starting(serve, plan.profiles), baseline: starting([BARE], null) };
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
