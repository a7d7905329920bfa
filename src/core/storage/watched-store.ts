import { type Problem, ProblemError } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import type { Store } from './store.ts';

/** Delay after a failed write before the first probe, milliseconds. */
const TRY_AFTER = 2_000;

interface Deps {
  readonly world: Pick<World, 'after'>;
  /** Called when the history cannot be written, and with null when it can be again. */
  readonly onProblem: (problem: Problem | null) => void;
}

/** Whether `error` says that the history could not be read or written. */
export function isStorageProblem(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problem.code === 'storage';
}

/**
 * Wraps `store` and reports every failed write, whichever call it was part of: the caller may be a
 * remote peer, but the disk is ours. The failure is over once a probe write has succeeded; a write
 * that changes nothing proves nothing. No probes after `stop`.
 */
export function watchedStore(
  store: Store,
  deps: Deps,
): { readonly store: Store; stop: () => void } {
  let failing = false;
  let stopped = false;
  let cancelTry = (): void => {};
  const tryLater = (): void => {
    if (!stopped) cancelTry = deps.world.after(TRY_AFTER, tryNow);
  };
  const tryNow = (): void => {
    store.tryWriting().then(
      () => {
        failing = false;
        if (!stopped) deps.onProblem(null);
      },
      (error: unknown) => {
        if (isStorageProblem(error) && !stopped) deps.onProblem(error.problem);
        tryLater();
      },
    );
  };
  const failed = (error: unknown): void => {
    if (!isStorageProblem(error) || stopped) return;
    deps.onProblem(error.problem);
    if (!failing) tryLater();
    failing = true;
  };
  const watched = <Args extends readonly unknown[], T>(
    operation: (...args: Args) => Promise<T>,
  ): ((...args: Args) => Promise<T>) => {
    return (...args) => {
      const done = operation(...args);
      done.catch(failed);
      return done;
    };
  };
  return {
    store: {
      ...store,
      saveSettings: watched(store.saveSettings),
      saveContact: watched(store.saveContact),
      removeContact: watched(store.removeContact),
      mergeContact: watched(store.mergeContact),
      addMessages: watched(store.addMessages),
      setDelivery: watched(store.setDelivery),
      deleteMessage: watched(store.deleteMessage),
      deleteMessages: watched(store.deleteMessages),
      markRead: watched(store.markRead),
      importRecords: watched(store.importRecords),
    },
    stop: () => {
      stopped = true;
      cancelTry();
    },
  };
}
