import { ProblemError } from '../shared/problem.ts';

/** What a call waits for: our own disk and processor, or somebody on the network. */
export type WaitsFor = 'us' | 'network';

/**
 * Runs one remote call: waits until its caller may have another one open, and keeps the inside of
 * our errors off the wire.
 *
 * @param waitsFor `us` unless given
 */
export type CallGuard = <T>(call: () => Promise<T>, waitsFor?: WaitsFor) => Promise<T>;

/** What a caller is told when we failed: nothing of our inside. */
const INTERNAL = 'The peer could not do that.';

/**
 * Makes the guard of one caller, whose open calls `meter` counts. Only `ProblemError`s reach the caller as they are; anything else is
 * reported to `onUnexpected` and hidden.
 */
export function callGuard(meter: CallGuard, onUnexpected: (error: unknown) => void): CallGuard {
  return (call, waitsFor) =>
    meter(async () => {
      try {
        return await call();
      } catch (error) {
        if (error instanceof ProblemError) throw new Error(error.problem.cause);
        onUnexpected(error);
        throw new Error(INTERNAL);
      }
    }, waitsFor);
}
