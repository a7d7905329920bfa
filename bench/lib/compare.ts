import {
  aboutOf,
  type BenchRow,
  meets,
  type Plan,
  type Row,
  type RowResult,
  type Side,
  type Sides,
} from './row.ts';
import { median, summarize } from './statistics.ts';

/** A row of the table that is such a comparison. */
export function comparison(row: Row): BenchRow {
  return { ...aboutOf(row), measure: (plan, folder) => compare(row, plan, folder) };
}

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
    const rounds = Math.min(plan.rounds, row.mostRounds ?? plan.rounds);
    return await alternate(row, rounds, { ours, baseline });
  } finally {
    await ours.stop();
    await baseline.stop();
  }
}

async function alternate(row: Row, rounds: number, sides: Sides): Promise<RowResult> {
  const ours = new Runs(sides.ours);
  const baseline = new Runs(sides.baseline);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [baseline, ours] : [ours, baseline];
    for (const side of order) await side.run();
  }
  const ratio = summarize(
    ours.values.map((value, round) => value / (baseline.values[round] ?? Number.NaN)),
  );
  return {
    ...aboutOf(row),
    value: ratio.median,
    met: meets(row, ratio.median),
    ratio,
    ours: summarize(ours.values),
    baseline: summarize(baseline.values),
    cpu:
      ours.cpu.length > 0 && baseline.cpu.length > 0
        ? { ours: median(ours.cpu), baseline: median(baseline.cpu) }
        : null,
    parts: [],
    remarks: [...ours.remarks, ...Array.from(baseline.remarks, (it) => `baseline: ${it}`)],
  };
}

/** What the runs of one side gave. */
export class Runs {
  readonly values: number[] = [];
  readonly cpu: number[] = [];
  readonly remarks = new Set<string>();
  readonly #side: Side;

  constructor(side: Side) {
    this.#side = side;
  }

  async run(): Promise<void> {
    const { value, cpu, remark } = await this.#side.run();
    this.values.push(value);
    if (cpu !== undefined) this.cpu.push(cpu);
    if (remark !== undefined) this.remarks.add(remark);
  }
}
