import { type PeerAddress, parseAddress, sameAddress } from '../shared/address.ts';
import type { ConnectStep, LinkState } from '../shared/model.ts';
import { type Problem, ProblemError, problem, problemOf } from '../shared/problem.ts';
import { type BackoffRange, backoffDelay, RECONNECT_BACKOFF } from './backoff.ts';
import { isDead, type LiveLink } from './live-link.ts';
import { CLOSE } from './session.ts';
import type { World } from './world.ts';

/** Problems that another attempt cannot mend: the user has to look first. */
const FINAL: ReadonlySet<Problem['code']> = new Set([
  'identity-changed',
  'plain-refused',
  'own-address',
  'blocked',
]);

/** A link that ends sooner was no success: the next wait goes on growing. Milliseconds. */
const PROVEN_AFTER = 10_000;

export interface ContactLinkDeps {
  readonly world: World;
  /** The contact's addresses, most recently working first. */
  readonly addresses: () => readonly string[];
  /** What to tell the user when there is none. */
  readonly noAddress: () => Problem;
  /** Whether to dial again by itself: nobody is called back whom the user has not accepted. */
  readonly keepsTrying: () => boolean;
  /** Dials one address and makes what it finds usable. Rejects with a `ProblemError`. */
  readonly establish: (
    address: PeerAddress,
    onStep: (step: ConnectStep) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly onState: (state: LinkState) => void;
  readonly onLive: (live: LiveLink | null) => void;
  readonly onUnexpected: (error: unknown) => void;
  readonly backoff?: BackoffRange;
}

/**
 * Keeps one contact reachable: dials, notices when the link is gone, and dials again after a growing
 * wait. Of two links (both sides dialled) it keeps the one with the higher `rank`; both sides rank
 * alike, so they keep the same one.
 */
export class ContactLink {
  readonly #deps: ContactLinkDeps;
  #live: LiveLink | null = null;
  #rank = 0;
  #liveSince = 0;
  #attempt: AbortController | null = null;
  #cancelRetry: (() => void) | null = null;
  #failures = 0;
  #stopped = false;

  constructor(deps: ContactLinkDeps) {
    this.#deps = deps;
  }

  /** Dials at once, unless a link or an attempt is there. `visible` shows the steps to the user. */
  dial(visible: boolean): void {
    if (this.#stopped || this.#attempt || (this.#live && !isDead(this.#live))) return;
    this.#cancelRetry?.();
    void this.#attemptAll(visible).catch(this.#deps.onUnexpected);
  }

  /** The user asks: checks a live link, or dials again without waiting. */
  retry(): void {
    this.#failures = 0;
    if (this.#live && this.#live.transport !== 'batch') void this.#live.session.check();
    else {
      if (this.#live) this.#deps.onLive(null);
      this.#live = null;
      this.dial(true);
    }
  }

  /**
   * The user named this address: finds out who is there now, whatever link there is and whatever was
   * being tried. Answers what became of it; null when the contact is there.
   */
  async meet(address: PeerAddress): Promise<Problem | null> {
    if (this.#stopped) return problem('cancelled');
    const live = this.#live;
    if (live && (await answersAt(live, address))) return null;
    this.#failures = 0;
    this.#cancelRetry?.();
    this.#attempt?.abort(new ProblemError(problem('cancelled')));
    const found = Promise.withResolvers<Problem | null>();
    this.#attemptAll(true, { address, found: found.resolve }).then(
      () => found.resolve(problem('cancelled')),
      found.reject,
    );
    return found.promise;
  }

  /** A link was made, by us or by them. Answers whether it is the one in use. */
  adopt(live: LiveLink, rank: number): boolean {
    const current = this.#live;
    if (this.#stopped || (current && !isDead(current) && rank < this.#rank)) {
      close(live);
      return false;
    }
    this.#live = live;
    this.#rank = rank;
    this.#liveSince = this.#deps.world.uptime();
    this.#cancelRetry?.();
    this.#deps.onState({ phase: 'online', transport: live.transport });
    this.#deps.onLive(live);
    if (current) close(current);
    if (live.transport !== 'batch') {
      const host = live.session.channel.remoteHost;
      void live.session.closed.then(() => this.#lost(live, problem('connection-lost', { host })));
    }
    return true;
  }

  /** A peer without a session could not be reached. */
  unreachable(reason: Problem): void {
    if (this.#live) this.#lost(this.#live, reason);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry?.();
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
    if (this.#deps.world.uptime() - this.#liveSince >= PROVEN_AFTER) this.#failures = 0;
    this.#deps.onLive(null);
    this.#wait(reason);
  }

  async #attemptAll(visible: boolean, named: Named | null = null): Promise<void> {
    const attempt = new AbortController();
    this.#attempt = attempt;
    try {
      await this.#tryAddresses(visible, named, attempt.signal);
    } finally {
      if (this.#attempt === attempt) this.#attempt = null;
    }
  }

  async #tryAddresses(visible: boolean, named: Named | null, signal: AbortSignal): Promise<void> {
    const onStep = (step: ConnectStep): void => {
      if (visible && !this.#live && !signal.aborted)
        this.#deps.onState({ phase: 'connecting', step });
    };
    onStep('find');
    const failures: Problem[] = [];
    for (const address of this.#targets(named)) {
      const failure = await this.#try(address, onStep, signal);
      if (address === named?.address) named.found(failure);
      if (failure === null || signal.aborted) return;
      failures.push(failure);
    }
    if (this.#live) return;
    // What the user has to look at comes first; another address may still lead there by itself.
    const final = failures.find(({ code }) => FINAL.has(code));
    const hopeless = failures.every(({ code }) => FINAL.has(code));
    const reason = final ?? failures[0] ?? this.#deps.noAddress();
    if (hopeless) this.#giveUp(reason);
    else this.#wait(reason);
  }

  async #try(
    address: PeerAddress,
    onStep: (step: ConnectStep) => void,
    signal: AbortSignal,
  ): Promise<Problem | null> {
    try {
      await this.#deps.establish(address, onStep, signal);
      return null;
    } catch (error) {
      if (problemOf(error).code === 'internal') this.#deps.onUnexpected(error);
      return problemOf(error);
    }
  }

  /** Where to dial, in order; nowhere else than where the user said, if there is a link already. */
  #targets(named: Named | null): readonly PeerAddress[] {
    const known = this.#deps.addresses().flatMap((text) => {
      const parsed = parseAddress(text);
      return parsed.ok ? [parsed.address] : [];
    });
    if (named === null) return known;
    const { address } = named;
    if (this.#live && !isDead(this.#live)) return [address];
    return [address, ...known.filter((other) => !sameAddress(other, address))];
  }

  #giveUp(reason: Problem): void {
    this.#deps.onState({ phase: 'offline', problem: reason, retryAt: null });
  }

  #wait(reason: Problem): void {
    const { world, backoff = RECONNECT_BACKOFF } = this.#deps;
    if (this.#deps.addresses().length === 0 || !this.#deps.keepsTrying()) {
      this.#giveUp(reason);
      return;
    }
    const delay = backoffDelay(this.#failures, backoff, world.random);
    this.#failures += 1;
    this.#deps.onState({ phase: 'offline', problem: reason, retryAt: world.now() + delay });
    this.#cancelRetry?.();
    this.#cancelRetry = world.after(delay, () => this.dial(false));
  }
}

/** An address that the user has just named, and who is told what came of dialling it. */
interface Named {
  readonly address: PeerAddress;
  readonly found: (problem: Problem | null) => void;
}

/** Whether a link leads to this address, because we dialled it, and the contact is there now. */
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
