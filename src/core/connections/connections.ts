import type { PeerAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { ContactId, Identity } from '../../shared/model/model.ts';
import { problem, raise } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import { dialTargets } from '../contacts/contact-addresses.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Signals } from '../messages/receipts-and-typing.ts';
import type { Channel, Dial } from '../protocol/channel.ts';
import type { Hello } from '../protocol/contract.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import { CLOSE, type Heartbeat, Session } from '../protocol/session.ts';
import type { Store } from '../storage/store.ts';
import { LinkAcceptor } from './accept-link.ts';
import type { AddressExchange } from './address-exchange.ts';
import type { CapabilityFactory } from './capability-factory.ts';
import type { Copies } from './copies.ts';
import { DialBudget } from './dial-budget.ts';
import { LinkEstablisher } from './establish-link.ts';
import type { FrameRecorder } from './frame-recorder.ts';
import { Meeting } from './meeting.ts';
import { Reconnector } from './reconnector.ts';
import type { DialCause } from './reconnector-deps.ts';

export interface ConnectionsDeps {
  readonly world: World;
  readonly limits: Limits;
  readonly dial: Dial;
  readonly store: Store;
  readonly book: ContactBook;
  readonly capabilities: CapabilityFactory;
  readonly outbox: Outbox;
  readonly signals: Signals;
  readonly exchange: AddressExchange;
  readonly copies: Copies;
  /** Whether an address is one of this computer's. */
  readonly isOwnHost: (host: string) => boolean;
  /** Our own identity; null when we have none (no encrypted links then). */
  readonly identity: Identity | null;
  readonly hello: () => Hello;
  readonly recorder: FrameRecorder;
  readonly heartbeat: Heartbeat;
  readonly onUnexpected: (error: unknown) => void;
}

/** Turns channels, dialled or inbound, into live links of contacts. */
export class Connections {
  readonly #deps: ConnectionsDeps;
  readonly #links = new Map<ContactId, Reconnector>();
  /** All sessions, inbound and outbound, with or without a link. */
  readonly #sessions = new Set<Session>();
  readonly #establisher: LinkEstablisher;
  readonly #acceptor: LinkAcceptor;
  readonly #budget: DialBudget;
  readonly #meeting: Meeting;
  #stopped = false;
  #paused = false;

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
    this.#budget = new DialBudget(deps.world);
    this.#meeting = new Meeting({ ...deps, linkOf: (id) => this.#link(id) });
    this.#establisher = new LinkEstablisher(deps, {
      openSession: (channel, id) => this.#openSession(channel, id),
      adopt: (id, live, identity) => this.#adopt(id, live, identity, 'us'),
      drop: (id) => this.drop(id),
      dial: (id) => this.dial(id, 'again'),
    });
    this.#acceptor = new LinkAcceptor(deps, {
      adopt: (id, live, identity) => this.#adopt(id, live, identity, 'them'),
      dial: (id) => this.dial(id, 'network'),
    });
  }

  /** Dials every contact that the user has accepted. */
  start(): void {
    for (const { contact } of this.#deps.book.all()) {
      if (contact.policy === 'accepted') this.dial(contact.id, 'again');
    }
  }

  /** Starts to connect, unless that is under way. */
  dial(id: ContactId, cause: DialCause): void {
    if (this.#stopped) raise('stopped');
    const { kind } = this.#deps.book.get(id).contact;
    if (kind !== 'guest' && !this.#paused) this.#link(id).dial(cause);
  }

  retry(id: ContactId): void {
    if (this.#stopped) raise('stopped');
    this.#deps.book.get(id);
    if (this.#paused) raise('paused');
    this.#link(id).retry('user');
  }

  /** A message is pending for a contact that is not dialled otherwise. */
  wake(id: ContactId): void {
    if (!this.#stopped && !this.#paused && this.#deps.book.find(id)) this.#link(id).wake();
  }

  /** Dials an address that the user has typed, at which this contact once answered (see Meeting). */
  async meet(id: ContactId, address: PeerAddress): Promise<ContactId> {
    if (this.#stopped) raise('stopped');
    if (this.#paused) raise('paused');
    return this.#meeting.meet(id, address);
  }

  /** Redials regardless of the current link: the pinned identity has changed. */
  redial(id: ContactId): void {
    this.drop(id);
    this.dial(id, 'user');
  }

  /** The network changed or the computer woke: checks live links and dials the others at once. */
  retryAll(): void {
    for (const link of this.#links.values()) link.retry('network');
  }

  /** Ends the link to a contact and stops dialling it. */
  drop(id: ContactId): void {
    this.#links.get(id)?.stop();
    this.#links.delete(id);
    this.#deps.outbox.forget(id);
    this.#deps.book.conversations.setLink(id, { phase: 'idle' });
  }

  /** Which side opened the current connection to a contact; null if there is none. */
  calledBy(id: ContactId): 'us' | 'them' | null {
    return this.#links.get(id)?.calledBy ?? null;
  }

  unreachable(id: ContactId): void {
    const host = this.#deps.book.find(id)?.contact.addresses[0] ?? '';
    this.#links.get(id)?.unreachable(problem('connection-lost', { host }));
  }

  /** Serves an inbound channel. */
  acceptChannel(channel: Channel): void {
    if (this.#stopped || this.#paused) {
      channel.close(CLOSE.goingAway, 'shutting down');
      return;
    }
    this.#openSession(channel, null);
  }

  /** Closes every connection; none is opened until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#endAll('paused');
  }

  resume(): void {
    this.#paused = false;
    this.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#endAll('shutting down');
  }

  #endAll(reason: string): void {
    for (const id of [...this.#links.keys()]) this.drop(id);
    for (const session of this.#sessions) session.close(CLOSE.goingAway, reason);
  }

  /** A session on a channel that either side has dialled, with our root capability on it. */
  #openSession(channel: Channel, known: ContactId | null): Session {
    let whose = known;
    const acceptLink = this.#acceptor.forSession(
      channel,
      () => session,
      (id) => {
        whose = id;
      },
    );
    const root = this.#deps.capabilities.mainCapability(channel, known, acceptLink);
    const { recorder, world, heartbeat } = this.#deps;
    const transport = recorder.record(channel.transport, () => whose);
    const session: Session = new Session({ ...channel, transport }, root, world, heartbeat);
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
    return session;
  }

  /**
   * Adopts a link, unless the contact has been removed, blocked or given another identity since the
   * handshake began.
   */
  #adopt(id: ContactId, live: LiveLink, identity: Identity | null, calledBy: 'us' | 'them'): void {
    if (live.transport !== 'batch' && live.session.ended) {
      raise('connection-lost', { host: live.session.channel.remoteHost });
    }
    const contact = this.#deps.book.find(id)?.contact;
    const proven = live.transport === 'parley' ? live.session.channel.identity : null;
    const wanted = contact && contact.policy !== 'blocked' && contact.identity === proven;
    if (this.#stopped || this.#paused || !wanted) {
      if (live.transport !== 'batch') live.session.close(CLOSE.goingAway, 'not continued');
      raise('cancelled');
    }
    const rank = identity === null ? 0 : this.#rank(identity, calledBy);
    this.#link(id).adopt(live, rank, calledBy);
  }

  /** The user has accepted an identity that was deferred. */
  admit(identity: Identity | null): void {
    if (identity !== null) this.#acceptor.admit(identity);
  }

  #link(id: ContactId): Reconnector {
    const known = this.#links.get(id);
    if (known) return known;
    const { world, store, book, outbox, signals, exchange, copies, isOwnHost, onUnexpected } =
      this.#deps;
    const budget = this.#budget;
    const link = new Reconnector({
      world,
      targets: () => {
        const contact = book.find(id)?.contact;
        return contact ? dialTargets(contact, isOwnHost) : [];
      },
      keepsTrying: () => book.find(id)?.contact.policy === 'accepted',
      isChosen: () => book.find(id)?.contact.chosen === true,
      hasPending: async () => (await store.pending(id, 1)).length > 0,
      mayDial: ({ host }) => budget.take(host, book.find(id)?.contact.chosen === true),
      noAddress: () => problem('cannot-answer', { name: book.find(id)?.contact.name ?? '' }),
      establish: (address, onStep, runner) =>
        this.#meeting.explained(
          id,
          address,
          this.#establisher.establish(id, address, { onStep, ...runner }),
        ),
      onState: (state) => book.conversations.setLink(id, state),
      onLive: (live) => {
        outbox.setLink(id, live);
        signals.setLink(id, live);
        exchange.setLink(id, live);
      },
      onDuplicate: (older, newer) => copies.met(id, older, newer),
      onUnexpected,
    });
    this.#links.set(id, link);
    return link;
  }

  /** Both sides prefer the link that the smaller identity has dialled. */
  #rank(remote: Identity, dialledBy: 'us' | 'them'): number {
    const weAreSmaller = (this.#deps.identity ?? '') < remote;
    return weAreSmaller === (dialledBy === 'us') ? 1 : 0;
  }
}
