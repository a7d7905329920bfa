import { ProblemError } from '../shared/problem.ts';

/**
 * Runs one remote call: counts it against the caller's limits and keeps the inside of our errors
 * off the wire.
 */
export type CallGuard = <T>(call: () => Promise<T>) => Promise<T>;

/** What a caller is told when we failed: nothing of our inside. */
const INTERNAL = 'The peer could not do that.';

/**
 * Makes the guard of one caller. `meter` admits a call or throws an error for the caller's eyes.
 * Only `ProblemError`s and the meter's own errors reach the caller as they are; anything else is
 * reported to `onUnexpected` and hidden.
 */
export function callGuard(meter: CallGuard, onUnexpected: (error: unknown) => void): CallGuard {
  return (call) =>
    meter(async () => {
      try {
        return await call();
      } catch (error) {
        if (error instanceof ProblemError) throw new Error(error.problem.cause);
        onUnexpected(error);
        throw new Error(INTERNAL);
      }
    });
}
