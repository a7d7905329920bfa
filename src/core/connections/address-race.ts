import type { PeerAddress } from '../../shared/address/address.ts';
import { type Problem, ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';

/**
 * How long one address is dialled alone before the next one is tried beside it, milliseconds: the
 * "Connection Attempt Delay" that RFC 8305, section 5, recommends.
 */
const STAGGER = 250;

/** One of several addresses being dialled. */
export interface Runner {
  /** Fires when another address has won, or the race was aborted. */
  readonly signal: AbortSignal;
  /**
   * Runs what follows the authentication of the peer, for one address at a time: the other side
   * would take the newer of two links for the better one, while we keep the older.
   */
  readonly afterProof: <T>(task: () => Promise<T>) => Promise<T>;
}

export interface Failure {
  readonly address: PeerAddress;
  readonly problem: Problem;
}

interface Race {
  readonly world: Pick<World, 'after'>;
  /** In the order in which to dial them. */
  readonly addresses: readonly PeerAddress[];
  /** Dials one address and adopts the link. */
  readonly run: (address: PeerAddress, runner: Runner) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/**
 * Dials several addresses of one contact, quickest first (RFC 8305, "Happy Eyeballs"): each next
 * one when the previous one has failed or its delay is over, until one succeeds; the others are
 * aborted. Resolves with the winner, or null, and the failures in the order of `addresses`.
 */
export async function raceAddresses(race: Race): Promise<{
  readonly winner: PeerAddress | null;
  readonly failures: readonly Failure[];
}> {
  const { world, addresses, run, signal, onError } = race;
  const over = new AbortController();
  const inner = AbortSignal.any([signal, over.signal]);
  const mutex = new KeyedMutex<'proof'>();
  let isDecided = false;
  const afterProof: Runner['afterProof'] = (task) =>
    mutex.runExclusive('proof', async () => {
      if (inner.aborted || isDecided) throw new ProblemError(problem('cancelled'));
      const done = await task();
      isDecided = true;
      return done;
    });
  const failures = new Map<PeerAddress, Problem>();
  const waiting = [...addresses];
  const done = Promise.withResolvers<PeerAddress | null>();
  let running = 0;
  let cancelStagger = (): void => {};

  const startNext = (): void => {
    cancelStagger();
    const address = inner.aborted ? undefined : waiting.shift();
    if (address === undefined) {
      if (running === 0) done.resolve(null);
      return;
    }
    running += 1;
    if (waiting.length > 0) cancelStagger = world.after(STAGGER, startNext);
    run(address, { signal: inner, afterProof }).then(
      () => {
        running -= 1;
        cancelStagger();
        waiting.length = 0;
        done.resolve(address);
        over.abort(new ProblemError(problem('cancelled')));
      },
      (error: unknown) => {
        running -= 1;
        if (problemOf(error).code === 'internal' && !inner.aborted) onError(error);
        failures.set(address, problemOf(error));
        startNext();
      },
    );
  };
  inner.addEventListener('abort', () => cancelStagger(), { once: true });
  startNext();
  const winner = await done.promise;
  cancelStagger();
  const failed = addresses.flatMap((address) => {
    const failure = failures.get(address);
    return failure ? [{ address, problem: failure }] : [];
  });
  return { winner, failures: failed };
}
