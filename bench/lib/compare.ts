import type { Plan, Row, RowResult, Sides } from './row.ts';
import { summarize } from './statistics.ts';

/**
 * Runs both sides in turn, the order changing from round to round, and compares within each round:
 * what else the machine does then meets both. A first run of each, in which code gets warm, does
 * not count.
 */
export async function compare(row: Row, plan: Plan, folder: string): Promise<RowResult> {
  const { ours, baseline } = await row.prepare(plan, folder);
  try {
    await baseline.run();
    await ours.run();
    return await alternate(row, plan.rounds, { ours, baseline });
  } finally {
    await ours.stop();
    await baseline.stop();
  }
}

async function alternate(row: Row, rounds: number, sides: Sides): Promise<RowResult> {
  const ours: number[] = [];
  const baseline: number[] = [];
  const remarks = new Set<string>();
  const runOurs = async () => {
    const { value, remark } = await sides.ours.run();
    ours.push(value);
    if (remark !== undefined) remarks.add(remark);
  };
  const runBaseline = async () => {
    const { value, remark } = await sides.baseline.run();
    baseline.push(value);
    if (remark !== undefined) remarks.add(`baseline: ${remark}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [runBaseline, runOurs] : [runOurs, runBaseline];
    for (const run of order) await run();
  }
  const ratio = summarize(ours.map((value, round) => value / (baseline[round] ?? Number.NaN)));
  const { name, title, against, unit, goal, target } = row;
  return {
    ...{ name, title, against, unit, goal, target },
    value: ratio.median,
    met: goal === 'at-least' ? ratio.median >= target : ratio.median <= target,
    ratio,
    ours: summarize(ours),
    baseline: summarize(baseline),
    remarks: [...remarks],
  };
}
