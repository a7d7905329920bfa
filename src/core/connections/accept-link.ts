import { formatAddress, type PeerAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Identity } from '../../shared/model/model.ts';
import { problemOf, raise } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import { nameAfterHello } from '../contacts/announced-name.ts';
import { withAddress } from '../contacts/contact-addresses.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Channel } from '../protocol/channel.ts';
import type { Hello } from '../protocol/contract.ts';
import { DeferredLinks } from '../protocol/deferred-links.ts';
import { LinkCapability } from '../protocol/link-capability.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import type { Session } from '../protocol/session.ts';
import type { AcceptLink, CapabilityFactory } from './capability-factory.ts';
import type { Copies } from './copies.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly book: ContactBook;
  readonly capabilities: CapabilityFactory;
  readonly copies: Copies;
  /** Our own identity; null when we have none. */
  readonly identity: Identity | null;
  readonly hello: () => Hello;
}

interface Hooks {
  /** Makes a link the contact's current one. */
  readonly adopt: (id: ContactId, live: LiveLink, identity: Identity) => void;
  /** Starts to connect, unless that is under way. */
  readonly dial: (id: ContactId) => void;
}

/** Inbound handshake: finds the contact behind a caller's hello and adopts the link. */
export class LinkAcceptor {
  readonly #deps: Deps;
  readonly #hooks: Hooks;
  readonly #deferred: DeferredLinks;

  constructor(deps: Deps, hooks: Hooks) {
    this.#deps = deps;
    this.#hooks = hooks;
    this.#deferred = new DeferredLinks(deps.world);
  }

  /** The answer to `link` in one session; `onContact` is called with the session's contact. */
  forSession(
    channel: Channel,
    session: () => Session,
    onContact: (id: ContactId) => void,
  ): AcceptLink {
    const { book, capabilities, copies, hello: ownHello } = this.#deps;
    let isLinked = false;
    return async (identity, hello, remote, guard) => {
      // A link's memory is held until its session ends, so a session may have only one.
      if (isLinked) raise('call-failed', { reason: 'this connection has a link already.' });
      isLinked = true;
      if (identity === this.#deps.identity) {
        copies.calledFrom(channel.remoteHost, hello.instance);
        raise('call-failed', { reason: 'it is the same profile.' });
      }
      const contact = await this.#greeted(identity, hello, channel.remoteHost);
      if (!contact) {
        this.#deferred.add(identity, session());
        // It may have been admitted meanwhile.
        const policy = book.byIdentity(identity)?.policy;
        if (policy !== undefined && policy !== 'blocked') this.admit(identity);
        const deferred = new LinkCapability(this.#deferred.handlers, guard);
        return { hello: { ...ownHello(), waiting: true }, link: deferred };
      }
      onContact(contact.id);
      const target = capabilities.linkCapability(contact.id, guard);
      const { instance = null } = hello;
      const live: LiveLink = { transport: 'parley', session: session(), link: remote, instance };
      this.#hooks.adopt(contact.id, live, identity);
      this.#redialUnknown(hello, channel.remoteHost);
      const waiting = contact.policy === 'accepted' ? {} : { waiting: true };
      return { hello: { ...ownHello(), ...waiting }, link: target };
    };
  }

  /** The user has accepted an identity that was deferred. */
  admit(identity: Identity): void {
    this.#deferred.admit(identity);
  }

  /**
   * The contact behind a hello: found or created, with its name and address updated. Null when the
   * stranger quota is used up, and for a blocked contact, who must not notice a difference.
   */
  async #greeted(identity: Identity, hello: Hello, host: string): Promise<Contact | null> {
    const { book, capabilities, limits } = this.#deps;
    const address: PeerAddress | null =
      hello.port === null ? null : { scheme: 'auto', host, port: hello.port };
    const addresses = address ? [formatAddress(address)] : [];
    const caller = { name: hello.name, addresses };
    const found = await capabilities.identify(identity, host, caller).catch(nullIfOverLimit);
    if (!found) return null;
    const contact = await book.update(found.id, (contact) => {
      if (contact.policy === 'blocked') return {};
      return {
        kind: 'parley',
        name: nameAfterHello(book, limits, contact, hello.name),
        ...(address ? { addresses: withAddress(contact, address) } : {}),
      };
    });
    return contact.policy === 'blocked' ? null : contact;
  }

  /** The caller may be a contact that the user has been trying to reach at that address. */
  #redialUnknown(hello: Hello, host: string): void {
    if (hello.port === null) return;
    const here = this.#deps.book.atAddress({ scheme: 'auto', host, port: hello.port });
    const waiting = here.find(({ kind, policy }) => kind === 'unknown' && policy === 'accepted');
    if (waiting) this.#hooks.dial(waiting.id);
  }
}

/** Null for a stranger who was not admitted; rethrows any other error. */
function nullIfOverLimit(error: unknown): null {
  if (problemOf(error).code === 'over-limit') return null;
  throw error;
}
