import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const BENCH = join(import.meta.dirname, '../../bench/index.ts');

const bench = (...args: readonly string[]) => run(process.execPath, [BENCH, ...args]);

test('the bench compares a call and a delivered message with their baselines', {
  timeout: 90_000,
}, async () => {
  const { stdout } = await bench('open-ws', 'durable-latency', '--quick', '--json');
  const { rows } = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
  expect(rows).toEqual([
    expect.objectContaining({ name: 'open-ws', target: 0.9, goal: 'at-least' }),
    expect.objectContaining({ name: 'durable-latency', target: 1.25, goal: 'at-most' }),
  ]);
  for (const row of rows) {
    expect(row['value']).toBeGreaterThan(0);
    expect(row['met']).toEqual(expect.any(Boolean));
  }
});

test('the bench says which names it knows when it is asked for another', async () => {
  await expect(bench('no-such-row')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('durable-latency'),
  });
});
