import type { Summary } from './statistics.ts';

/** How much work a run does; the quick one only shows that everything works. */
export interface Plan {
  /** Runs of each side, many and short; they take turns. */
  readonly rounds: number;
  /** Milliseconds of load before anything is counted, in each run. */
  readonly warmUp: number;
  /** Milliseconds that are counted, in each run. */
  readonly measure: number;
  /** Messages of the long history. */
  readonly longHistory: number;
  /** Where processes of ours leave CPU profiles; null: they take none. */
  readonly profiles: string | null;
}

export interface Measured {
  readonly value: number;
  /** Processor time of one call in all processes of the side, microseconds. */
  readonly cpu?: number;
  /** What a reader has to know about this run. */
  readonly remark?: string;
}

/** One side of a comparison: processes that are there, and a way to let them measure once. */
export interface Side {
  readonly run: () => Promise<Measured>;
  readonly stop: () => Promise<void>;
}

/** What is compared. Both are there at once, and while one runs the other is idle. */
export interface Sides {
  readonly ours: Side;
  readonly baseline: Side;
}

/** One line of the table: ours against something else, side by side. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly against: string;
  /** Of the two measured values; their ratio has none. */
  readonly unit: string;
  readonly goal: 'at-least' | 'at-most';
  /** The ratio ours / baseline that is aimed for. */
  readonly target: number;
  /** @param folder an empty folder for this row, removed afterwards */
  readonly prepare: (plan: Plan, folder: string) => Promise<Sides>;
}

export interface RowResult extends Pick<Row, 'name' | 'title' | 'against' | 'unit' | 'goal'> {
  /** Median over the rounds of ours / baseline within one round. */
  readonly value: number;
  readonly target: number;
  readonly met: boolean;
  readonly ratio: Summary;
  readonly ours: Summary;
  readonly baseline: Summary;
  /** Processor microseconds a call: a busy machine changes it far less than times. */
  readonly cpu: { readonly ours: number; readonly baseline: number } | null;
  readonly remarks: readonly string[];
}
