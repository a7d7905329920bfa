import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  fromLines,
  type KeptRow,
  mergeByName,
  toLines,
  withTables,
} from '../../../bench/lib/kept-results.ts';
import { resultTables } from '../../../bench/lib/report.ts';

const one = (value: number) => ({ median: value, min: value, max: value });

const ROW: KeptRow = {
  ...{ name: 'calls', title: 'calls', against: 'bare calls', unit: 'calls/s' },
  ...{ goal: 'at-least', target: 0.9, value: 0.5, met: false, load: 1, rounds: 3 },
  ratio: { median: 0.5, min: 0.4, max: 0.6 },
  ours: one(500),
  baseline: one(1_000),
  cpu: { ours: 40, baseline: 20 },
  parts: [],
  remarks: ['some calls were refused'],
};

const FIGURE: KeptRow = {
  ...ROW,
  ...{ name: 'size', title: 'size', against: null, unit: 'kB', goal: 'at-most', target: 150 },
  ...{ value: 141, met: true, ratio: null, ours: one(141), baseline: null, cpu: null },
  parts: [{ name: 'index', unit: 'kB', value: one(100) }],
  remarks: [],
};

test('the table shows target, result and whether it is met, with and without a baseline', () => {
  const { results, parts } = resultTables({ machine: 'a machine', rows: [ROW, FIGURE], plots: [] });
  expect(results).toContain(
    '| `calls` | calls | bare calls | ≥ 0.9 × | 0.500 (0.400 to 0.600) | **no** | 500 / 1000 calls/s | 40.0 / 20.0 = 2.00 |',
  );
  expect(results).toContain('| `size` | size |  | ≤ 150 kB | 141 kB | yes |  |  |');
  expect(parts).toContain('some calls were refused.');
  expect(parts).toContain('| index | 100 | kB |');
});

test('the summary has one line per row: target, median, and whether it is met', () => {
  const { summary } = resultTables({ machine: 'a machine', rows: [ROW, FIGURE], plots: [] });
  expect(summary?.split('\n').slice(2)).toEqual([
    '| `calls` | ≥ 0.9 × | 0.500 × | **no** |',
    '| `size` | ≤ 150 kB | 141 kB | yes |',
  ]);
});

test('docs/PERFORMANCE.md shows the stored results', () => {
  const page = readFileSync('docs/PERFORMANCE.md', 'utf8');
  const kept = fromLines(readFileSync('docs/performance/results.ndjson', 'utf8'));
  expect(withTables(page, resultTables(kept))).toBe(page);
});

test('new results replace old ones of the same row; rows that no longer exist are dropped', () => {
  const old = [
    { name: 'a', value: 1 },
    { name: 'b', value: 1 },
    { name: 'gone', value: 1 },
  ];
  expect(
    mergeByName(
      old,
      [
        { name: 'a', value: 2 },
        { name: 'c', value: 2 },
      ],
      ['c', 'b', 'a'],
    ),
  ).toEqual([
    { name: 'c', value: 2 },
    { name: 'b', value: 1 },
    { name: 'a', value: 2 },
  ]);
});

test('a table is replaced between its markers, however often it is written', () => {
  const page = 'before\n<!-- results -->\nold\n<!-- /results -->\nafter\n';
  const once = withTables(page, { results: 'new' });
  expect(once).toBe('before\n<!-- results -->\n\nnew\n\n<!-- /results -->\nafter\n');
  expect(withTables(once, { results: 'new' })).toBe(once);
  expect(() => withTables('no marks', { results: 'new' })).toThrow('no place for results');
});

test('stored results survive a round trip, one row per line', () => {
  const plot = { name: 'plot', title: 'A plot', along: 'things', unit: 'ms', lines: [] };
  const results = { machine: 'a machine', rows: [ROW, FIGURE], plots: [plot] };
  const text = toLines(results);
  expect(text.trimEnd().split('\n')).toHaveLength(4);
  expect(fromLines(text)).toEqual(results);
});
