import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measurePlot, type Plot, type PlotPlan, slopeOf } from '../../../bench/lib/plot.ts';
import { plotSvg } from '../../../bench/lib/plot-svg.ts';

const PLAN: PlotPlan = {
  ...{ rounds: 3, warmUp: 0, measure: 0, settle: 0, profiles: null },
  ...{ histories: [], linkCounts: [] },
};

const at = (size: number, value: number) => ({
  size,
  value: { median: value, min: value, max: value },
});

test('the slope of a power law is its exponent', () => {
  const sizes = [1, 10, 100, 1_000];
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 0.001, max: 1_000, noNaN: true }),
      (power, factor) => {
        const points = sizes.map((size) => at(size, factor * size ** power));
        expect(slopeOf(points)).toBeCloseTo(power, 6);
      },
    ),
  );
});

test('sizes take turns, warm-up rounds do not count, and all are stopped', async () => {
  const runs: string[] = [];
  const side = (name: string) => ({
    run: async () => {
      runs.push(name);
      return { value: runs.length };
    },
    stop: async () => {
      runs.push(`${name} stopped`);
    },
  });
  const plot: Plot = {
    ...{ name: 'plot', title: 'A plot', along: 'things', unit: 'ms', mostRounds: 2 },
    prepare: async () => [
      { name: 'a line', sides: [1, 10].map((size) => ({ size, side: side(String(size)) })) },
    ],
  };
  const drawn = await measurePlot(plot, PLAN, '');
  expect(runs).toEqual(['10', '1', '1', '10', '10', '1', '1 stopped', '10 stopped']);
  expect(drawn.lines[0]?.points).toEqual([
    { size: 1, value: { median: 4.5, min: 3, max: 6 } },
    { size: 10, value: { median: 4.5, min: 4, max: 5 } },
  ]);
});

test('a chart holds each line with its slope, names as text, and no NaN', () => {
  const picture = plotSvg({
    ...{ name: 'plot', title: 'Less < than "more" & so on', along: 'things', unit: 'ms' },
    lines: [
      { name: 'ours', points: [at(1, 0.2), at(1_000, 3)], slope: 0.39 },
      { name: 'theirs', points: [at(1, 0), at(1_000, 12)], slope: 1 },
    ],
  });
  expect(picture).toContain('Less &lt; than &quot;more&quot; &amp; so on');
  expect(picture).toContain('ours (slope 0.39)');
  expect(picture).toContain('theirs (slope 1.00)');
  expect(picture).toContain('>0.1 ms<');
  expect(picture).toContain('>1,000<');
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
});
