import type { Plan, Side } from './row.ts';
import { type Summary, summarize } from './statistics.ts';

/** How much work the plots are; the quick ones only show that everything works. */
export interface PlotPlan extends Omit<Plan, 'longHistory' | 'links' | 'attack' | 'kinds'> {
  /** Stored messages. */
  readonly histories: readonly number[];
  /** Linked contacts. */
  readonly linkCounts: readonly number[];
}

/** One line of a plot: the same thing at growing sizes. */
export interface PlotLine {
  readonly name: string;
  /** One side a size, all of them there at once. */
  readonly sides: readonly { readonly size: number; readonly side: Side }[];
}

export interface Plot {
  readonly name: string;
  readonly title: string;
  /** What grows. */
  readonly along: string;
  readonly unit: string;
  readonly mostRounds?: number;
  readonly prepare: (plan: PlotPlan, folder: string) => Promise<readonly PlotLine[]>;
}

export interface DrawnLine {
  readonly name: string;
  readonly points: readonly { readonly size: number; readonly value: Summary }[];
  /** The power of the size that fits best: 0 is flat, 1 grows as the size does. */
  readonly slope: number;
}

export interface DrawnPlot extends Pick<Plot, 'name' | 'title' | 'along' | 'unit'> {
  readonly lines: readonly DrawnLine[];
}

/** Measures all sizes in turn, the order changing from round to round. A first run does not count. */
export async function measurePlot(plot: Plot, plan: PlotPlan, folder: string): Promise<DrawnPlot> {
  const { name, title, along, unit } = plot;
  const lines = await plot.prepare(plan, folder);
  const runs = lines.flatMap(({ sides }) => sides).map((it) => ({ ...it, values: [] as number[] }));
  try {
    const rounds = Math.min(plan.rounds, plot.mostRounds ?? plan.rounds);
    for (let round = -1; round < rounds; round += 1) {
      for (const { side, values } of round % 2 === 0 ? runs : runs.toReversed()) {
        const { value } = await side.run();
        if (round >= 0) values.push(value);
      }
    }
  } finally {
    for (const { side } of runs) await side.stop();
  }
  const valuesOf = (side: Side) => runs.find((it) => it.side === side)?.values ?? [];
  const drawn = lines.map((line): DrawnLine => {
    const points = line.sides.map(({ size, side }) => ({ size, value: summarize(valuesOf(side)) }));
    return { name: line.name, points, slope: slopeOf(points) };
  });
  return { name, title, along, unit, lines: drawn };
}

/** The slope of the straight line through the medians, both axes logarithmic (least squares). */
export function slopeOf(points: DrawnLine['points']): number {
  const logs = points
    .filter(({ value }) => value.median > 0)
    .map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value.median) }));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x0 = mean(logs.map(({ x }) => x));
  const y0 = mean(logs.map(({ y }) => y));
  const covariance = mean(logs.map(({ x, y }) => (x - x0) * (y - y0)));
  return covariance / mean(logs.map(({ x }) => (x - x0) ** 2));
}
