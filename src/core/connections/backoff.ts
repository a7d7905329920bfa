/** Shortest and longest delay between two attempts, milliseconds. */
export interface BackoffRange {
  readonly first: number;
  readonly longest: number;
}

export const RECONNECT_BACKOFF: BackoffRange = { first: 500, longest: 30_000 };

/**
 * Delay before attempt number `failures + 1`: exponential, capped, with the upper half drawn at
 * random ("equal jitter") so that peers cut off together do not reconnect together.
 */
export function backoffDelay(failures: number, range: BackoffRange, random: () => number): number {
  const ceiling = Math.min(range.longest, range.first * 2 ** Math.min(failures, 30));
  return ceiling / 2 + (ceiling / 2) * random();
}
