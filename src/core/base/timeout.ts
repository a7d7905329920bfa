import { ProblemError, problem } from '../../shared/problems/problem.ts';
import type { World } from './world.ts';

/** The error that an aborted attempt rejects with: the signal's reason, if it is a problem. */
export function abortError(signal: AbortSignal): ProblemError {
  return signal.reason instanceof ProblemError
    ? signal.reason
    : new ProblemError(problem('cancelled'));
}

/**
 * Runs `work` for at most `ms`. When the time is over or `outer` aborts, the signal given to
 * `work` aborts with the error (so that it closes what it opened) and the promise rejects at once,
 * whether or not `work` ever settles.
 */
export function within<T>(
  world: Pick<World, 'after'>,
  ms: number,
  outer: AbortSignal,
  late: () => ProblemError,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (outer.aborted) return Promise.reject(abortError(outer));
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const stop = (error: ProblemError) => {
      finish();
      controller.abort(error);
      reject(error);
    };
    const onAbort = () => stop(abortError(outer));
    const cancelTimer = world.after(ms, () => stop(late()));
    const finish = () => {
      cancelTimer();
      outer.removeEventListener('abort', onAbort);
    };
    outer.addEventListener('abort', onAbort, { once: true });
    work(controller.signal).then(resolve, reject).finally(finish);
  });
}

/**
 * `promise`, or the result of `late` when it has not settled within `ms`. The timer is cleared as
 * soon as the promise settles; a late settlement is ignored.
 */
export function withDeadline<T, L>(
  world: Pick<World, 'after'>,
  ms: number,
  promise: PromiseLike<T>,
  late: () => L,
): Promise<T | L> {
  return new Promise<T | L>((resolve, reject) => {
    const cancel = world.after(ms, () => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    });
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
