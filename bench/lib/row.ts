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
  /** Contacts that are linked at once. */
  readonly links: number;
  /** How long idle links are left alone before their memory is read, milliseconds. */
  readonly settle: number;
  /** How long an attack lasts, milliseconds: memory needs time to grow. */
  readonly attack: number;
  /** So many kinds of attack, and of flood, are tried. */
  readonly kinds: number;
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

/** `above` and `below` do not hold at the target itself. */
export type Goal = 'at-least' | 'at-most' | 'above' | 'below';

/** What a line of the table says whatever is measured. */
export interface About {
  readonly name: string;
  readonly title: string;
  /** What the same is measured of, side by side; null: a value that stands alone. */
  readonly against: string | null;
  /** Of the measured values; a ratio of two has none. */
  readonly unit: string;
  readonly goal: Goal;
  /** The ratio ours / baseline that is aimed for; without a baseline, the value itself. */
  readonly target: number;
}

/** Ours against something else, side by side. */
export interface Row extends About {
  readonly against: string;
  /** At most so many rounds, where one takes long. */
  readonly mostRounds?: number;
  /** Starts everything; `folder` is there for the row alone and is removed after it. */
  readonly prepare: (plan: Plan, folder: string) => Promise<Sides>;
}

/** One line of the table and how it is measured. */
export interface BenchRow extends About {
  readonly measure: (plan: Plan, folder: string) => Promise<RowResult>;
}

/** One of several things that a row's value is made of. */
export interface RowPart {
  readonly name: string;
  readonly unit: string;
  readonly value: Summary;
}

export interface RowResult extends About {
  /** What is held against the target. */
  readonly value: number;
  readonly met: boolean;
  /** Ours / baseline; null without a baseline. */
  readonly ratio: Summary | null;
  readonly ours: Summary;
  readonly baseline: Summary | null;
  /** Processor microseconds a call: a busy machine changes it far less than times. */
  readonly cpu: { readonly ours: number; readonly baseline: number } | null;
  readonly parts: readonly RowPart[];
  readonly remarks: readonly string[];
}

const MEETS: Readonly<Record<Goal, (value: number, target: number) => boolean>> = {
  'at-least': (value, target) => value >= target,
  'at-most': (value, target) => value <= target,
  above: (value, target) => value > target,
  below: (value, target) => value < target,
};

export function meets({ goal, target }: About, value: number): boolean {
  return MEETS[goal](value, target);
}

/** What a row says, without the way it is measured. */
export function aboutOf({ name, title, against, unit, goal, target }: About): About {
  return { name, title, against, unit, goal, target };
}
