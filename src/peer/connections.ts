import { formatAddress, type PeerAddress } from '../shared/address.ts';
import type { Limits } from '../shared/limits.ts';
import type { Contact, ContactId, Identity } from '../shared/model.ts';
import { type Problem, ProblemError, problem, problemOf, raise } from '../shared/problem.ts';
import { displayName } from '../shared/text.ts';
import type { AcceptLink, Callers } from './callers.ts';
import type { Channel, Dial, DialOptions } from './channel.ts';
import { withAddress } from './contact-addresses.ts';
import type { ContactBook } from './contact-book.ts';
import { ContactLink } from './contact-link.ts';
import type { Hello } from './contract.ts';
import { Introduction } from './introduction.ts';
import type { LiveLink } from './live-link.ts';
import type { Outbox } from './outbox.ts';
import { CLOSE, type Heartbeat, Session } from './session.ts';
import type { Signals } from './signals.ts';
import type { WireTap } from './wire-tap.ts';
import type { World } from './world.ts';

export interface ConnectionsDeps {
  readonly world: World;
  readonly limits: Limits;
  readonly dial: Dial;
  readonly book: ContactBook;
  readonly callers: Callers;
  readonly outbox: Outbox;
  readonly signals: Signals;
  /** Our own identity; null when we have none (no encrypted links then). */
  readonly identity: Identity | null;
  readonly hello: () => Hello;
  readonly tap: WireTap;
  readonly heartbeat: Heartbeat;
  readonly onUnexpected: (error: unknown) => void;
}

/** How long the user waits to learn who is at an address that somebody known had, milliseconds. */
const MEETING = 3_000;

/** What the user has to be told of an address, though the contact is online at another one. */
const ALARMS: ReadonlySet<Problem['code']> = new Set(['identity-changed', 'plain-refused']);

/** Who is on the other end: turns channels, dialled or inbound, into live links of contacts. */
export class Connections {
  readonly #deps: ConnectionsDeps;
  readonly #links = new Map<ContactId, ContactLink>();
  /** Every session there is, whoever dialled it and whether a link has come of it or not. */
  readonly #sessions = new Set<Session>();
  readonly #introduction: Introduction;
  #stopped = false;
  #paused = false;

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
    this.#introduction = new Introduction(deps, {
      openSession: (channel, id) => this.#openSession(channel, id),
      adopt: (id, live, identity) =>
        this.#adopt(id, live, identity === null ? 0 : this.#rank(identity, 'us')),
      drop: (id) => this.drop(id),
      dial: (id) => this.dial(id, true),
    });
  }

  /** Dials every contact that the user has accepted. */
  start(): void {
    for (const { contact } of this.#deps.book.all()) {
      if (contact.policy === 'accepted') this.dial(contact.id, false);
    }
  }

  /** Starts to connect, unless that is under way. */
  dial(id: ContactId, visible: boolean): void {
    if (this.#stopped) raise('stopped');
    const { kind } = this.#deps.book.get(id).contact;
    if (kind !== 'guest' && !this.#paused) this.#link(id).dial(visible);
  }

  retry(id: ContactId): void {
    if (this.#stopped) raise('stopped');
    this.#deps.book.get(id);
    if (this.#paused) raise('paused');
    this.#link(id).retry();
  }

  /**
   * The user has typed an address at which this contact once answered. It is dialled before it is
   * believed: answers whom it leads to now. Raises what was found when the contact is online elsewhere
   * and somebody unknown answers there.
   */
  async meet(id: ContactId, address: PeerAddress): Promise<ContactId> {
    if (this.#stopped) raise('stopped');
    if (this.#paused) raise('paused');
    const { world, book } = this.#deps;
    const found = await inTime(world, MEETING, this.#link(id).meet(address));
    const other = found && this.#somebodyElse(id, found);
    if (other) {
      await book.addAddress(other.id, address);
      await inTime(world, MEETING, this.#link(other.id).meet(address));
      return other.id;
    }
    if (found && ALARMS.has(found.code) && this.#isOnline(id)) throw new ProblemError(found);
    return id;
  }

  /** Dials anew, whatever there is: the identity that is expected has changed. */
  redial(id: ContactId): void {
    this.drop(id);
    this.dial(id, true);
  }

  /** The network changed or the computer woke: checks what is live and dials the rest at once. */
  retryAll(): void {
    for (const link of this.#links.values()) link.retry();
  }

  /** Ends the link to a contact and stops dialling it. */
  drop(id: ContactId): void {
    this.#links.get(id)?.stop();
    this.#links.delete(id);
    this.#deps.outbox.forget(id);
    this.#deps.book.setLink(id, { phase: 'idle' });
  }

  unreachable(id: ContactId): void {
    const host = this.#deps.book.find(id)?.contact.addresses[0] ?? '';
    this.#links.get(id)?.unreachable(problem('connection-lost', { host }));
  }

  /** Serves someone who called us. */
  acceptChannel(channel: Channel): void {
    if (this.#stopped || this.#paused) {
      channel.close(CLOSE.goingAway, 'shutting down');
      return;
    }
    this.#openSession(channel, null);
  }

  /** Ends every connection; none is made until `resume`. */
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

  /** A session on a channel that we or they have dialled, with our root on it. */
  #openSession(channel: Channel, known: ContactId | null): Session {
    let whose = known;
    const acceptLink: AcceptLink = async (identity, hello, remote, guard) => {
      const contact = await this.#greeted(identity, hello, channel.remoteHost);
      whose = contact.id;
      const target = this.#deps.callers.linkTarget(contact.id, guard);
      const live: LiveLink = { transport: 'parley', session, link: remote };
      this.#adopt(contact.id, live, this.#rank(identity, 'them'));
      this.#redialUnknown(hello, channel.remoteHost);
      return { hello: this.#deps.hello(), link: target };
    };
    const root = this.#deps.callers.root(channel, known, acceptLink);
    const { tap, world, heartbeat } = this.#deps;
    const transport = tap.tap(channel.transport, () => whose);
    const session: Session = new Session({ ...channel, transport }, root, world, heartbeat);
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
    return session;
  }

  /**
   * Takes a link into use, unless much has happened since it was begun: the contact may be gone or
   * blocked by now, or be somebody else's.
   */
  #adopt(id: ContactId, live: LiveLink, rank: number): void {
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
    this.#link(id).adopt(live, rank);
  }

  /** The contact behind a hello: found or made, with its name and address brought up to date. */
  async #greeted(identity: Identity, hello: Hello, host: string): Promise<Contact> {
    const { book, callers, limits } = this.#deps;
    const address: PeerAddress | null =
      hello.port === null ? null : { scheme: 'auto', host, port: hello.port };
    const addresses = address ? [formatAddress(address)] : [];
    const { id } = await callers.stranger(identity, hello.name, addresses);
    return book.update(id, (contact) => {
      if (contact.policy === 'blocked') raise('call-failed', { reason: '' });
      return {
        kind: 'parley',
        name: displayName(hello.name, limits) || contact.name,
        ...(address ? { addresses: withAddress(contact, address) } : {}),
      };
    });
  }

  /** Someone may just have come up whom the user has been trying to reach at that address. */
  #redialUnknown(hello: Hello, host: string): void {
    if (hello.port === null) return;
    const here = this.#deps.book.atAddress({ scheme: 'auto', host, port: hello.port });
    const waiting = here.find(({ kind, policy }) => kind === 'unknown' && policy === 'accepted');
    if (waiting) this.retry(waiting.id);
  }

  #link(id: ContactId): ContactLink {
    const known = this.#links.get(id);
    if (known) return known;
    const { world, book, outbox, signals, onUnexpected } = this.#deps;
    const link = new ContactLink({
      world,
      addresses: () => book.find(id)?.contact.addresses ?? [],
      keepsTrying: () => book.find(id)?.contact.policy === 'accepted',
      noAddress: () => problem('cannot-answer', { name: book.find(id)?.contact.name ?? '' }),
      establish: (address, onStep, signal) => this.#establish(id, address, { onStep, signal }),
      onState: (state) => book.setLink(id, state),
      onLive: (live) => {
        outbox.setLink(id, live);
        signals.setLink(id, live);
      },
      onUnexpected,
    });
    this.#links.set(id, link);
    return link;
  }

  async #establish(
    id: ContactId,
    address: PeerAddress,
    options: Pick<DialOptions, 'onStep' | 'signal'>,
  ): Promise<void> {
    try {
      await this.#introduction.establish(id, address, options);
    } catch (error) {
      const found = problemOf(error);
      const other = this.#somebodyElse(id, found);
      if (!other) throw error;
      // No changed key: an address that has gone from one contact to another.
      const params = { ...found.params, other: other.name };
      throw new ProblemError(problem('address-taken', params), { cause: error });
    }
  }

  /** The other contact of the user's that `found` says has answered in place of this one. */
  #somebodyElse(id: ContactId, { code, params }: Problem): Contact | null {
    if (code !== 'identity-changed' && code !== 'address-taken') return null;
    const { book } = this.#deps;
    // Whoever was never met, but promised by an invite, has had no address that could be taken.
    if (book.find(id)?.contact.kind !== 'parley') return null;
    const owner = book.byIdentity(String(params['found'] ?? ''));
    return owner && owner.id !== id && owner.policy === 'accepted' ? owner : null;
  }

  #isOnline(id: ContactId): boolean {
    return this.#deps.book.find(id)?.link.phase === 'online';
  }

  /** Both sides prefer the link that the smaller identity has dialled. */
  #rank(remote: Identity, dialledBy: 'us' | 'them'): number {
    const weAreSmaller = (this.#deps.identity ?? '') < remote;
    return weAreSmaller === (dialledBy === 'us') ? 1 : 0;
  }
}

/** What `work` resolves to, or null when it has not in `ms` milliseconds. */
async function inTime<T>(
  { after }: Pick<World, 'after'>,
  ms: number,
  work: Promise<T>,
): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const cancel = after(ms, () => late.resolve(null));
  return Promise.race([work, late.promise]).finally(cancel);
}
