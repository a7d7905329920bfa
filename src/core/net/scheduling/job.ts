/** Earlier calls have `begun`, or have `ended` together with everything they led to. */
export type Barrier = 'begun' | 'ended';

/** A cooperative job: arrived input, processed in steps when its connection is scheduled. */
export interface Job {
  /** Memory it holds until it is done. */
  readonly bytes: number;
  readonly done: boolean;
  /** What the next step must wait for, among the calls of its connection. */
  readonly waitsFor?: Barrier | null;
  /** Runs the next step. Returns its cost: about microseconds, at least 1. */
  readonly step: () => number;
}
