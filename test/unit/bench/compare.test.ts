import { expect, test } from 'vitest';
import { compare } from '../../../bench/lib/compare.ts';
import type { Plan, Row } from '../../../bench/lib/row.ts';

const PLAN: Plan = {
  ...{ rounds: 3, warmUp: 0, measure: 0, settle: 0, profiles: null },
  ...{ longHistory: 0, attack: 1, kinds: 1, links: 0 },
};

/** A row whose sides answer one value after the other, the first of which is warming up. */
function rowOf(goal: Row['goal'], target: number, ours: number[], baseline: number[]) {
  const runs: string[] = [];
  const side = (name: string, values: number[]) => ({
    run: async () => {
      runs.push(name);
      return { value: values.shift() ?? Number.NaN };
    },
    stop: async () => {
      runs.push(`${name} stopped`);
    },
  });
  const row: Row = {
    ...{ name: 'row', title: 'a row', against: 'another', unit: 'ms', goal, target },
    prepare: async () => ({ ours: side('ours', ours), baseline: side('baseline', baseline) }),
  };
  return { row, runs };
}

test('sides take turns, warm-up rounds do not count, and all sides are stopped', async () => {
  const { row, runs } = rowOf('at-most', 2, [99, 2, 4, 6], [1, 2, 2, 2]);
  const result = await compare(row, PLAN, '');
  expect(runs).toEqual([
    ...['baseline', 'ours'],
    ...['baseline', 'ours', 'ours', 'baseline', 'baseline', 'ours'],
    ...['ours stopped', 'baseline stopped'],
  ]);
  expect(result).toMatchObject({
    value: 2,
    met: true,
    ratio: { median: 2, min: 1, max: 3 },
    ours: { median: 4, min: 2, max: 6 },
    baseline: { median: 2, min: 2, max: 2 },
  });
});

test.each([
  ['at-least', 0.9, 90, true],
  ['at-least', 0.9, 89, false],
  ['at-most', 1.5, 150, true],
  ['at-most', 1.5, 151, false],
  ['above', 1, 101, true],
  ['above', 1, 100, false],
  ['below', 1, 99, true],
  ['below', 1, 100, false],
] as const)(
  'a target of %s %d with a ratio of %d %% is met: %s',
  async (goal, target, percent, met) => {
    const ours = [0, percent, percent, percent];
    const { row } = rowOf(goal, target, ours, [0, 100, 100, 100]);
    expect((await compare(row, PLAN, '')).met).toBe(met);
  },
);

test('a side that fails ends the row, and both sides are stopped', async () => {
  const { row, runs } = rowOf('at-least', 1, [], []);
  const broken: Row = {
    ...row,
    prepare: async (plan, folder) => {
      const sides = await row.prepare(plan, folder);
      const run = () => Promise.reject(new Error('broken'));
      return { ...sides, ours: { ...sides.ours, run } };
    },
  };
  await expect(compare(broken, PLAN, '')).rejects.toThrow('broken');
  expect(runs).toEqual(['baseline', 'ours stopped', 'baseline stopped']);
});

test('a row with long rounds has fewer of them', async () => {
  const { row } = rowOf('at-most', 2, [9, 1, 3], [1, 1, 1]);
  const result = await compare({ ...row, mostRounds: 2 }, PLAN, '');
  expect(result.ratio).toEqual({ median: 2, min: 1, max: 3 });
});
