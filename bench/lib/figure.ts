import {
  type About,
  aboutOf,
  type BenchRow,
  meets,
  type Plan,
  type RowPart,
  type RowResult,
} from './row.ts';
import { summarize } from './statistics.ts';

/** What was measured of something that has nothing beside it. */
export interface Figure {
  /** One a run; the median is held against the target. */
  readonly values: readonly number[];
  readonly parts?: readonly RowPart[];
  readonly remarks?: readonly string[];
}

export interface FigureRow extends About {
  readonly against: null;
  readonly take: (plan: Plan, folder: string) => Promise<Figure>;
}

/** A row whose value stands alone. */
export function figure(row: FigureRow): BenchRow {
  return {
    ...aboutOf(row),
    measure: async (plan, folder): Promise<RowResult> => {
      const { values, parts = [], remarks = [] } = await row.take(plan, folder);
      const ours = summarize(values);
      return {
        ...aboutOf(row),
        value: ours.median,
        met: meets(row, ours.median),
        ratio: null,
        ours,
        baseline: null,
        cpu: null,
        parts,
        remarks,
      };
    },
  };
}
