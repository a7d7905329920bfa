import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const BENCH = join(import.meta.dirname, '../../bench/index.ts');

const bench = (...args: readonly string[]) => run(process.execPath, [BENCH, ...args]);

interface Results {
  readonly rows: readonly Record<string, unknown>[];
  readonly plots: readonly {
    readonly name: string;
    readonly lines: readonly {
      readonly slope: number | null;
      readonly points: readonly { readonly value: { readonly median: number } }[];
    }[];
  }[];
}

/**
 * One of each kind of row, and only that it works: no number is a gate, since machines that test are
 * busy. `npm run bench -- --quick` tries every row, which takes minutes.
 */
async function quickly(...names: readonly string[]): Promise<Results> {
  const { stdout } = await bench(...names, '--quick', '--json');
  return JSON.parse(stdout) as Results;
}

test('the bench compares a call and a delivered message with their baselines', async () => {
  const { rows } = await quickly('open-ws', 'durable-latency-socketio');
  expect(rows).toEqual([
    expect.objectContaining({ name: 'open-ws', target: 0.9, goal: 'at-least' }),
    expect.objectContaining({ name: 'durable-latency-socketio', target: 1, goal: 'below' }),
  ]);
  for (const row of rows) {
    expect(row['value']).toBeGreaterThan(0);
    expect(row['met']).toEqual(expect.any(Boolean));
  }
});

test.each([
  ['what an attack does to the attacked', ['attack-message']],
  ['what the page loads', ['script', 'script-browser']],
] as const)('the bench measures %s', async (_what, names) => {
  const { rows } = await quickly(...names);
  expect(rows.map((row) => row['name'])).toEqual(names);
  for (const row of rows) {
    expect(row['value']).toEqual(expect.any(Number));
    expect(row['met']).toEqual(expect.any(Boolean));
    expect(row['parts']).toEqual(expect.any(Array));
  }
});

test('the bench plots cost against size, each line with its slope', async () => {
  const { rows, plots } = await quickly('plot-open');
  expect(rows).toEqual([]);
  expect(plots.map(({ name }) => name)).toEqual(['open']);
  for (const { slope, points } of plots.flatMap(({ lines }) => lines)) {
    expect(points).toHaveLength(2);
    // On a busy machine a run as short as these may answer nothing, and one point has no slope.
    const drawn = points.filter(({ value }) => value.median > 0);
    expect(slope).toEqual(drawn.length > 1 ? expect.any(Number) : null);
  }
});

test('the bench lists its rows when asked for an unknown one', async () => {
  await expect(bench('no-such-row')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('durable-latency'),
  });
});

test('unusable results are not stored', async () => {
  await expect(bench('open-ws', '--quick', '--keep')).rejects.toMatchObject({ code: 2 });
});
