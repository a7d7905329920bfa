import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A Node process that talks in lines; killed at the latest when the running test has finished. */
export interface LineChild {
  readonly child: ChildProcess;
  /** What it writes to its standard output, until that ends. */
  readonly lines: AsyncIterableIterator<string>;
  /** Kills it as a power cut would, and waits until it is gone. */
  readonly kill: () => Promise<void>;
}

/** Starts `test/support/storage/NAME` with the Node that runs the test. */
export function startChild(
  name: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'uid' | 'gid'> = {},
): LineChild {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  if (!child.stdout) throw new Error('the child has no standard output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, lines, kill };
}
