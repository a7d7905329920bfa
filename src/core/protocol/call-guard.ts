import { ProblemError } from '../../shared/problems/problem.ts';
import { wireError } from '../base/wire-error.ts';
import { type Effect, Effects } from './effects.ts';

/** What a call waits for: our own disk and processor, or a peer on the network. */
export type WaitsFor = 'us' | 'network';

/** What scheduling needs to know of a call. */
export interface CallTraits {
  /** `us` unless given. */
  readonly waitsFor?: WaitsFor;
  /** Roughly how many bytes it makes us write; 0 unless given. */
  readonly bytes?: number;
  readonly effect?: Effect;
}

/**
 * Runs one remote call: waits for a call slot of its caller, and keeps internal errors off the wire.
 */
export type CallGuard = <T>(call: () => Promise<T>, traits?: CallTraits) => Promise<T>;

/** What a caller learns of an internal error. */
const INTERNAL = 'The peer could not do that.';

/**
 * Makes the guard of one connection's calls; `meter` limits those that are open. A call that waits
 * for the effects of earlier calls holds its own call slot, so it blocks no other caller. Only
 * `ProblemError`s reach the caller; anything else goes to `onUnexpected` and is hidden.
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
        if (error instanceof ProblemError) throw wireError(error.problem.cause);
        onUnexpected(error);
        throw wireError(INTERNAL);
      }
    }, traits);
    effects.note(effect, start, answer);
    return answer;
  };
}
