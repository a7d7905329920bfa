/** What was asked for before has `begun`, or has `ended` and all that it led to as well. */
export type Waited = 'begun' | 'ended';

/** Something that has arrived and is done in pieces, when it is its connection's turn. */
export interface TurnWork {
  /** Bytes that it keeps in memory until it is done. */
  readonly bytes: number;
  readonly done: boolean;
  /** What its next piece has to wait for, of the calls of its connection. */
  readonly waitsFor?: Waited | null;
  /** Does the next piece. Answers what it weighs: about microseconds of work, 1 or more. */
  readonly step: () => number;
}
