import { formatAddress, type PeerAddress } from '../shared/address.ts';
import type { Limits } from '../shared/limits.ts';
import type { Contact, ContactId, Identity } from '../shared/model.ts';
import { ProblemError, problem, raise } from '../shared/problem.ts';
import { displayName } from '../shared/text.ts';
import type { AcceptLink, Callers } from './callers.ts';
import type { Channel, Dial, DialOptions } from './channel.ts';
import type { ContactBook } from './contact-book.ts';
import { ContactLink } from './contact-link.ts';
import type { Hello } from './contract.ts';
import { makeLink } from './link-handshake.ts';
import type { LiveLink } from './live-link.ts';
import { askName, openCalls } from './open-calls.ts';
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

/** Who is on the other end: turns channels, dialled or inbound, into live links of contacts. */
export class Connections {
  readonly #deps: ConnectionsDeps;
  readonly #links = new Map<ContactId, ContactLink>();
  readonly #inbound = new Set<Session>();
  #stopped = false;

  constructor(deps: ConnectionsDeps) {
    this.#deps = deps;
  }

  /** Dials every contact that the user has accepted. */
  start(): void {
    for (const { contact } of this.#deps.book.all()) {
      if (contact.policy === 'accepted') this.dial(contact.id, false);
    }
  }

  /** Starts to connect, unless that is under way. */
  dial(id: ContactId, visible: boolean): void {
    const { kind } = this.#deps.book.get(id).contact;
    if (kind !== 'guest') this.#link(id).dial(visible);
  }

  retry(id: ContactId): void {
    this.#deps.book.get(id);
    this.#link(id).retry();
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
    if (this.#stopped) {
      channel.close(CLOSE.goingAway, 'shutting down');
      return;
    }
    const session = this.#openSession(channel, null);
    this.#inbound.add(session);
    void session.closed.then(() => this.#inbound.delete(session));
  }

  stop(): void {
    this.#stopped = true;
    for (const id of [...this.#links.keys()]) this.drop(id);
    for (const session of this.#inbound) session.close(CLOSE.goingAway, 'shutting down');
  }

  /** A session on a channel that we or they have dialled, with our root on it. */
  #openSession(channel: Channel, known: ContactId | null): Session {
    let whose = known;
    const acceptLink: AcceptLink = async (identity, hello, remote, guard) => {
      const contact = await this.#greeted(identity, hello, channel.remoteHost);
      whose = contact.id;
      const target = this.#deps.callers.linkTarget(contact.id, guard);
      const live: LiveLink = { transport: 'parley', session, link: remote };
      this.#link(contact.id).adopt(live, this.#rank(identity, 'them'));
      this.#redialUnknown(hello, channel.remoteHost);
      return { hello: this.#deps.hello(), link: target };
    };
    const root = this.#deps.callers.root(channel, known, acceptLink);
    const { tap, world, heartbeat } = this.#deps;
    const transport = tap.tap(channel.transport, () => whose);
    const session: Session = new Session({ ...channel, transport }, root, world, heartbeat);
    return session;
  }

  /** The contact behind a hello: found or made, with its name and address brought up to date. */
  async #greeted(identity: Identity, hello: Hello, host: string): Promise<Contact> {
    const { book, callers, limits } = this.#deps;
    const address: PeerAddress | null =
      hello.port === null ? null : { scheme: 'auto', host, port: hello.port };
    const addresses = address ? [formatAddress(address)] : [];
    const contact = await callers.stranger(identity, hello.name, addresses);
    if (contact.policy === 'blocked')
      throw new ProblemError(problem('call-failed', { reason: '' }));
    const name = displayName(hello.name, limits) || contact.name;
    await book.update(contact.id, { name });
    return address ? book.addAddress(contact.id, address) : book.get(contact.id).contact;
  }

  /** Someone may just have come up whom the user has been trying to reach at that address. */
  #redialUnknown(hello: Hello, host: string): void {
    if (hello.port === null) return;
    const waiting = this.#deps.book.byAddress({ scheme: 'auto', host, port: hello.port });
    if (waiting?.kind === 'unknown') this.retry(waiting.id);
  }

  #link(id: ContactId): ContactLink {
    const known = this.#links.get(id);
    if (known) return known;
    const { world, book, outbox, signals, onUnexpected } = this.#deps;
    const link = new ContactLink({
      world,
      addresses: () => book.find(id)?.contact.addresses ?? [],
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
    const { contact } = this.#deps.book.get(id);
    const dialled = await this.#deps.dial(address, {
      ...options,
      expectIdentity: contact.identity,
      contactName: contact.name,
    });
    if (dialled.type === 'batch') {
      return this.#adoptOpen(id, address, { transport: 'batch', batch: dialled.batch });
    }
    const { channel } = dialled;
    if (options.signal.aborted || this.#stopped) {
      channel.close(CLOSE.goingAway, 'given up');
      return;
    }
    try {
      if (channel.identity === null) {
        const session = this.#openSession(channel, id);
        await this.#adoptOpen(id, address, { transport: 'websocket', session });
      } else {
        await this.#adoptParley(id, address, channel, channel.identity);
      }
    } catch (error) {
      channel.close(CLOSE.refused, 'not continued');
      throw error;
    }
  }

  async #adoptOpen(id: ContactId, address: PeerAddress, live: LiveLink): Promise<void> {
    const { book, limits, world } = this.#deps;
    const told = await askName(openCalls(live, world)).catch(() => '');
    const name = displayName(told, limits);
    await book.update(id, { kind: 'open', ...(name ? { name } : {}) });
    await book.addAddress(id, address);
    this.#link(id).adopt(live, 0);
  }

  async #adoptParley(
    dialledAs: ContactId,
    address: PeerAddress,
    channel: Channel,
    identity: Identity,
  ): Promise<void> {
    const { book, callers, hello, world, limits } = this.#deps;
    if (identity === this.#deps.identity) raise('own-address', { address: formatAddress(address) });
    const contact = await this.#pin(dialledAs, identity);
    // Theirs, whatever becomes of this link: it may have to give way to another one.
    await book.addAddress(contact.id, address);
    const session = this.#openSession(channel, contact.id);
    const target = callers.linkTarget(contact.id, callers.newGuard());
    const answer = await makeLink(session, hello(), target, world, address);
    const name = displayName(answer.hello.name, limits) || contact.name;
    await book.update(contact.id, { name });
    const live: LiveLink = { transport: 'parley', session, link: answer.link };
    this.#link(contact.id).adopt(live, this.#rank(identity, 'us'));
  }

  /** Binds a contact to a proven identity; if that is a contact we already have, they become one. */
  async #pin(id: ContactId, identity: Identity): Promise<Contact> {
    const { book } = this.#deps;
    const known = book.byIdentity(identity);
    if (!known || known.id === id) {
      const { trust } = book.get(id).contact;
      return book.update(id, {
        kind: 'parley',
        identity,
        trust: trust === 'none' ? 'first-use' : trust,
      });
    }
    if (known.policy === 'blocked') raise('blocked', { name: known.name });
    await book.merge(id, known.id);
    this.drop(id);
    // A link that is there already hears of what has just been moved to it only by this.
    this.#deps.outbox.flush(known.id);
    // Who dials somebody wants to talk to them.
    return book.update(known.id, { policy: 'accepted' });
  }

  /** Both sides prefer the link that the smaller identity has dialled. */
  #rank(remote: Identity, dialledBy: 'us' | 'them'): number {
    const weAreSmaller = (this.#deps.identity ?? '') < remote;
    return weAreSmaller === (dialledBy === 'us') ? 1 : 0;
  }
}
