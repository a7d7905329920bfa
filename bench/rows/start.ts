import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan, Row } from '../lib/row.ts';
import { median } from '../lib/statistics.ts';

const BUILT = join(import.meta.dirname, '../../out/main/parley.js');
const BARE = join(import.meta.dirname, '../roles/bare-http-server.mjs');
/** Starts in one run; one alone depends too much on what the system does just then. */
const STARTS = 5;
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

async function medianStart(args: readonly string[], profiles: string | null): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) times.push(await timeToReady(args, profiles));
  return median(times);
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
      // The first start makes the identity and the history; later ones are what a user meets.
      await timeToReady(serve, null);
      return {
        ours: async () => ({ value: await medianStart(serve, plan.profiles) }),
        baseline: async () => ({ value: await medianStart([BARE], null) }),
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
