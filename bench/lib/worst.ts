import { Runs } from './compare.ts';
import {
  type About,
  aboutOf,
  type BenchRow,
  meets,
  type Plan,
  type RowResult,
  type Side,
} from './row.ts';
import { summarize } from './statistics.ts';

export interface Case {
  readonly name: string;
  readonly side: Side;
}

/** Several things against one baseline; the worst of them is the row's value. */
export interface WorstRow extends About {
  readonly goal: 'at-most';
  readonly mostRounds?: number;
  readonly prepare: (
    plan: Plan,
    folder: string,
  ) => Promise<{ readonly baseline: Side; readonly cases: readonly Case[] }>;
}

export function worstOf(row: WorstRow): BenchRow {
  return { ...aboutOf(row), measure: (plan, folder) => measureWorst(row, plan, folder) };
}

/** All sides take turns, forwards and backwards; ratios are within one round, as in `compare`. */
async function measureWorst(row: WorstRow, plan: Plan, folder: string): Promise<RowResult> {
  const { baseline, cases } = await row.prepare(plan, folder);
  try {
    await baseline.run();
    const alone = new Runs(baseline);
    const runs = cases.map(({ name, side }) => ({ name, runs: new Runs(side) }));
    const order = [alone, ...runs.map((it) => it.runs)];
    for (let round = 0; round < Math.min(plan.rounds, row.mostRounds ?? plan.rounds); round += 1) {
      for (const side of round % 2 === 0 ? order : order.toReversed()) await side.run();
    }
    return resultOf(row, alone, runs);
  } finally {
    for (const { side } of cases) await side.stop();
    await baseline.stop();
  }
}

function resultOf(
  row: WorstRow,
  alone: Runs,
  cases: readonly { readonly name: string; readonly runs: Runs }[],
): RowResult {
  const ratios = cases.map(({ name, runs }) => ({
    name,
    runs,
    ratio: summarize(
      runs.values.map((value, round) => value / (alone.values[round] ?? Number.NaN)),
    ),
  }));
  const [worst] = ratios.toSorted((a, b) => b.ratio.median - a.ratio.median);
  if (!worst) throw new Error(`${row.name} has no cases.`);
  return {
    ...aboutOf(row),
    value: worst.ratio.median,
    met: meets(row, worst.ratio.median),
    ratio: worst.ratio,
    ours: summarize(worst.runs.values),
    baseline: summarize(alone.values),
    cpu: null,
    parts: ratios.map(({ name, ratio }) => ({ name, unit: '×', value: ratio })),
    remarks: [
      `the worst: ${worst.name}`,
      ...ratios.flatMap(({ name, runs }) => Array.from(runs.remarks, (it) => `${name}: ${it}`)),
    ],
  };
}
