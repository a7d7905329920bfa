import { type PeerAddress, sameAddress } from '../../shared/address/address.ts';
import { CONNECT_STEPS, type ConnectStep } from '../../shared/model/model.ts';
import { type Problem, ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import type { DialTarget } from '../contacts/contact-addresses.ts';
import { isDead, type LiveLink } from '../protocol/live-link.ts';
import { CLOSE } from '../protocol/session.ts';
import { raceAddresses } from './address-race.ts';
import { type BackoffRange, backoffDelay, RECONNECT_BACKOFF } from './backoff.ts';
import { areTwo } from './copies.ts';
import { offline, outcomeOf, SUSPICION_BACKOFF } from './dial-outcome.ts';
import type { DialCause, ReconnectorDeps } from './reconnector-deps.ts';

/** A link that ends sooner does not reset the backoff. Milliseconds. */
const STABLE_AFTER = 10_000;

/** An address that the user has just entered, and the callback for the result of dialling it. */
interface Named {
  readonly address: PeerAddress;
  readonly found: (problem: Problem | null) => void;
}

/**
 * Keeps one contact connected: dials, detects a lost link and reconnects with exponential backoff.
 * Of duplicate links (both sides dialled) it keeps the one with the higher `rank`; both sides rank
 * alike, so they keep the same one.
 */
export class Reconnector {
  readonly #deps: ReconnectorDeps;
  #live: LiveLink | null = null;
  #rank = 0;
  #calledBy: 'us' | 'them' = 'us';
  #liveSince = 0;
  #attempt: AbortController | null = null;
  #cancelRetry: (() => void) | null = null;
  #failures = 0;
  /** The last suspicious finding; shown until the contact is online or the user retries. */
  #warning: Problem | null = null;
  #stopped = false;

  constructor(deps: ReconnectorDeps) {
    this.#deps = deps;
  }

  /** Dials at once, unless there is a link or an attempt. */
  dial(cause: DialCause): void {
    if (this.#stopped || this.#attempt || (this.#live && !isDead(this.#live))) return;
    this.#cancelTimer();
    void this.#attemptAll(cause).catch(this.#deps.onUnexpected);
  }

  /** A message is pending: dials, unless there is a link or a retry is scheduled. */
  wake(): void {
    if (this.#cancelRetry === null) this.dial('again');
  }

  /** Checks a live link, or dials again without waiting. */
  retry(cause: Exclude<DialCause, 'again'>): void {
    this.#failures = 0;
    if (this.#live && this.#live.transport !== 'batch') void this.#live.session.check();
    else {
      if (this.#live) this.#deps.onLive(null);
      this.#live = null;
      if (cause === 'user' || this.#deps.keepsTrying()) this.dial(cause);
    }
  }

  /**
   * The user entered this address: determines the identity there now, regardless of the current
   * link or attempt. Resolves with the problem, or with null if the contact answers there.
   */
  async meet(address: PeerAddress): Promise<Problem | null> {
    if (this.#stopped) return problem('cancelled');
    const live = this.#live;
    if (live && (await answersAt(live, address))) return null;
    this.#failures = 0;
    this.#cancelTimer();
    this.#attempt?.abort(new ProblemError(problem('cancelled')));
    const found = Promise.withResolvers<Problem | null>();
    this.#attemptAll('user', { address, found: found.resolve }).then(
      () => found.resolve(problem('cancelled')),
      found.reject,
    );
    return found.promise;
  }

  /** Which side opened the current link; null if there is none. */
  get calledBy(): 'us' | 'them' | null {
    const live = this.#live;
    return live && live.transport !== 'batch' && !isDead(live) ? this.#calledBy : null;
  }

  /** A link was established, by either side. Returns whether it is now the current one. */
  adopt(live: LiveLink, rank: number, calledBy: 'us' | 'them'): boolean {
    const current = this.#live;
    if (this.#stopped) {
      close(live);
      return false;
    }
    if (current && !isDead(current) && rank < this.#rank) {
      this.#resolveDuplicate(live, current, live);
      return false;
    }
    this.#live = live;
    this.#rank = rank;
    this.#calledBy = calledBy;
    this.#liveSince = this.#deps.world.uptime();
    this.#warning = null;
    this.#cancelTimer();
    this.#deps.onState({ phase: 'online', transport: live.transport });
    this.#deps.onLive(live);
    if (current) this.#resolveDuplicate(current, current, live);
    if (live.transport !== 'batch') {
      const host = live.session.channel.remoteHost;
      void live.session.closed.then(() => this.#lost(live, problem('connection-lost', { host })));
    }
    return true;
  }

  /**
   * Closes one of two links; if they belong to two processes, only once it is known whether both
   * are alive.
   */
  #resolveDuplicate(loser: LiveLink, older: LiveLink, newer: LiveLink): void {
    const { onDuplicate, onUnexpected } = this.#deps;
    if (isDead(older) || !areTwo(older, newer)) close(loser);
    else
      onDuplicate(older, newer)
        .catch(onUnexpected)
        .finally(() => close(loser));
  }

  /** A peer without a session could not be reached. */
  unreachable(reason: Problem): void {
    if (this.#live) this.#lost(this.#live, reason);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#attempt?.abort(new ProblemError(problem('cancelled')));
    const live = this.#live;
    this.#live = null;
    if (!live) return;
    this.#deps.onLive(null);
    close(live);
  }

  #lost(live: LiveLink, reason: Problem): void {
    if (this.#live !== live || this.#stopped) return;
    this.#live = null;
    if (this.#deps.world.uptime() - this.#liveSince >= STABLE_AFTER) this.#failures = 0;
    this.#deps.onLive(null);
    this.#wait(reason);
  }

  async #attemptAll(cause: DialCause, named: Named | null = null): Promise<void> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    try {
      if (cause === 'user' || (await this.#isWanted())) {
        await this.#tryTargets(cause, named, attempt.signal);
      }
    } finally {
      if (this.#attempt === attempt) this.#attempt = null;
    }
  }

  async #tryTargets(cause: DialCause, named: Named | null, signal: AbortSignal): Promise<void> {
    const { world, establish, onState, onUnexpected, mayDial } = this.#deps;
    let furthest = -1;
    const isQuiet = cause === 'again' || (cause === 'network' && this.#warning !== null);
    if (cause !== 'again') this.#warning = null;
    const onStep = (step: ConnectStep): void => {
      const index = CONNECT_STEPS.indexOf(step);
      if (isQuiet || this.#live || signal.aborted || index <= furthest) return;
      furthest = index;
      onState({ phase: 'connecting', step });
    };
    onStep('find');
    const targets = this.#targets(named);
    const allowed = targets.filter(({ address }) => cause === 'user' || mayDial(address));
    const { winner, failures } = await raceAddresses({
      world,
      signal,
      addresses: allowed.map(({ address }) => address),
      run: async (address, runner) => {
        const outcome = establish(address, onStep, runner);
        if (named && address === named.address) {
          outcome.then(
            () => named.found(null),
            (error: unknown) => named.found(problemOf(error)),
          );
        }
        await outcome;
      },
      onError: onUnexpected,
    });
    if (winner !== null || this.#live || signal.aborted) return;
    const isCurtailed = targets.length > allowed.length;
    const { warning, reason, again } = outcomeOf(failures, targets, isCurtailed, this.#warning);
    this.#warning = warning;
    const shown = reason ?? this.#deps.noAddress();
    if (again === 'never') this.#giveUp(shown);
    else this.#wait(shown, again === 'slowly' ? SUSPICION_BACKOFF : undefined);
  }

  /**
   * The addresses to dial, in order; only the one that the user entered if there is a link already.
   */
  #targets(named: Named | null): readonly DialTarget[] {
    const known = this.#deps.targets();
    if (named === null) return known;
    const first = { address: named.address, claimed: false };
    if (this.#live && !isDead(this.#live)) return [first];
    return [first, ...known.filter(({ address }) => !sameAddress(address, named.address))];
  }

  #giveUp(reason: Problem): void {
    this.#deps.onState(offline(reason, null));
  }

  #wait(reason: Problem, backoff?: BackoffRange): void {
    if (this.#deps.targets().length === 0 || !this.#deps.keepsTrying()) {
      this.#giveUp(reason);
      return;
    }
    if (this.#deps.isChosen()) {
      this.#schedule(reason, backoff);
      return;
    }
    this.#giveUp(reason);
    const again = async (): Promise<void> => {
      const isWanted = await this.#isWanted();
      const isFree = !this.#stopped && !this.#live && !this.#attempt && !this.#cancelRetry;
      if (isWanted && isFree) this.#schedule(reason, backoff);
    };
    again().catch(this.#deps.onUnexpected);
  }

  async #isWanted(): Promise<boolean> {
    return this.#deps.isChosen() || (await this.#deps.hasPending());
  }

  #schedule(reason: Problem, range = RECONNECT_BACKOFF): void {
    const { world } = this.#deps;
    const delay = backoffDelay(this.#failures, range, world.random);
    this.#failures += 1;
    this.#deps.onState(offline(reason, world.now() + delay));
    this.#cancelTimer();
    this.#cancelRetry = world.after(delay, () => {
      this.#cancelRetry = null;
      this.dial('again');
    });
  }

  #cancelTimer(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }
}

/** Whether we dialled this link at this address, and the contact still answers on it. */
async function answersAt(live: LiveLink, { host, port }: PeerAddress): Promise<boolean> {
  if (live.transport === 'batch') return false;
  const { remoteHost, remotePort } = live.session.channel;
  if (remoteHost !== host || remotePort !== port) return false;
  await live.session.check();
  return !live.session.ended;
}

function close(live: LiveLink): void {
  if (live.transport !== 'batch') live.session.close(CLOSE.superseded, 'superseded');
}
