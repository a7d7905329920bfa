import { ProblemError } from '../../shared/problems/problem.ts';
import { toldError } from '../base/told-error.ts';
import { type Effect, Effects } from './effects.ts';

/** What a call waits for: our own disk and processor, or somebody on the network. */
export type WaitsFor = 'us' | 'network';

/** What the others who wait have to know of a call. */
export interface CallTraits {
  /** `us` unless given. */
  readonly waitsFor?: WaitsFor;
  /** Bytes that it has us write, about; 0 unless given. */
  readonly bytes?: number;
  readonly effect?: Effect;
}

/**
 * Runs one remote call: waits until its caller may have another one open, and keeps the inside of
 * our errors off the wire.
 */
export type CallGuard = <T>(call: () => Promise<T>, traits?: CallTraits) => Promise<T>;

/** What a caller is told when we failed: nothing of our inside. */
const INTERNAL = 'The peer could not do that.';

/**
 * Makes the guard of one connection's calls; `meter` counts those that are open. A call that has to
 * wait for the effects of others does so in its own place among the open calls: nobody else's turn is
 * held. Only `ProblemError`s reach the caller as they are; anything else is reported to
 * `onUnexpected` and hidden.
 */
export function callGuard(meter: CallGuard, onUnexpected: (error: unknown) => void): CallGuard {
  const effects = new Effects();
  return (call, traits) => {
    const effect = traits?.effect;
    const start = effects.start(effect);
    const answer = meter(async () => {
      if (start.when !== null) await start.when;
      start.begins();
      try {
        return await call();
      } catch (error) {
        if (error instanceof ProblemError) throw toldError(error.problem.cause);
        onUnexpected(error);
        throw toldError(INTERNAL);
      }
    }, traits);
    effects.note(effect, start, answer);
    return answer;
  };
}
