import { formatAddress, type PeerAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Identity } from '../../shared/model/model.ts';
import { displayName } from '../../shared/model/text.ts';
import { raise } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import { nameAfterHello } from '../contacts/announced-name.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Channel, Dial, DialOptions } from '../protocol/channel.ts';
import type { Hello } from '../protocol/contract.ts';
import { makeLink } from '../protocol/link-handshake.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import { askName, openCalls } from '../protocol/open-calls.ts';
import { CLOSE, type Session } from '../protocol/session.ts';
import type { Runner } from './address-race.ts';
import type { CapabilityFactory } from './capability-factory.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly dial: Dial;
  readonly book: ContactBook;
  readonly capabilities: Pick<CapabilityFactory, 'guard' | 'linkCapability'>;
  readonly outbox: Pick<Outbox, 'flush' | 'waiting'>;
  /** Our own identity; null when we have none. */
  readonly identity: Identity | null;
  readonly hello: () => Hello;
}

interface Hooks {
  readonly openSession: (channel: Channel, id: ContactId) => Session;
  /**
   * Makes a link the current one; `identity` is the authenticated one, null where there is none.
   */
  readonly adopt: (id: ContactId, live: LiveLink, identity: Identity | null) => void;
  readonly drop: (id: ContactId) => void;
  /** Starts to connect, unless that is under way. */
  readonly dial: (id: ContactId) => void;
}

/**
 * Outbound handshake: dials an address, authenticates the peer and establishes a link to its
 * contact.
 */
export class LinkEstablisher {
  readonly #deps: Deps;
  readonly #hooks: Hooks;

  constructor(deps: Deps, hooks: Hooks) {
    this.#deps = deps;
    this.#hooks = hooks;
  }

  /** Dials one address and adopts the link to what answers. Rejects with a `ProblemError`. */
  async establish(
    id: ContactId,
    address: PeerAddress,
    options: Pick<DialOptions, 'onStep'> & Runner,
  ): Promise<void> {
    const { contact } = this.#deps.book.get(id);
    const { onStep, signal } = options;
    const dialled = await this.#deps.dial(address, {
      onStep,
      signal,
      expectIdentity: contact.identity,
      contactName: contact.name,
    });
    if (dialled.type === 'batch') {
      const { batch } = dialled;
      return options.afterProof(() => this.#adoptOpen(id, address, { transport: 'batch', batch }));
    }
    const { channel } = dialled;
    const giveUp = (): void => channel.close(CLOSE.goingAway, 'given up');
    if (signal.aborted) {
      giveUp();
      raise('cancelled');
    }
    signal.addEventListener('abort', giveUp);
    const keep = (): void => signal.removeEventListener('abort', giveUp);
    try {
      await options.afterProof(async () => {
        if (channel.identity !== null) {
          return this.#adoptParley(id, address, channel, { identity: channel.identity, keep });
        }
        const session = this.#hooks.openSession(channel, id);
        await this.#adoptOpen(id, address, { transport: 'websocket', session });
      });
    } catch (error) {
      channel.close(CLOSE.refused, 'not continued');
      throw error;
    } finally {
      keep();
    }
  }

  async #adoptOpen(id: ContactId, address: PeerAddress, live: LiveLink): Promise<void> {
    const { book, limits, world } = this.#deps;
    const told = await askName(openCalls(live, world)).catch(() => '');
    const name = displayName(told, limits);
    await book.reached(id, address, (contact) => {
      // An invite pinned an identity in the meantime: from now on only that one is accepted.
      if (contact.identity !== null)
        raise('plain-refused', { name: contact.name, address: formatAddress(address) });
      return { kind: 'open', ...(name ? { name } : {}) };
    });
    this.#hooks.adopt(id, live, null);
  }

  async #adoptParley(
    dialledAs: ContactId,
    address: PeerAddress,
    channel: Channel,
    { identity, keep }: { readonly identity: Identity; readonly keep: () => void },
  ): Promise<void> {
    const { book, capabilities, hello, outbox, world, limits } = this.#deps;
    if (identity === this.#deps.identity) raise('own-address', { address: formatAddress(address) });
    const { id } = await this.#pin(dialledAs, identity, address);
    if (id !== dialledAs) {
      // The attempt continues for the other contact, which may be online and now has more to send.
      keep();
      this.#hooks.drop(dialledAs);
      outbox.flush(id);
    }
    try {
      const session = this.#hooks.openSession(channel, id);
      const target = capabilities.linkCapability(id, capabilities.guard(channel));
      const answer = await makeLink(session, hello(), target, world, address);
      await book.reached(id, address, (contact) => ({
        name: nameAfterHello(book, limits, contact, answer.hello.name),
      }));
      const { instance = null } = answer.hello;
      const live: LiveLink = { transport: 'parley', session, link: answer.link, instance };
      this.#hooks.adopt(id, live, identity);
      if (answer.hello.waiting) outbox.waiting(id);
    } catch (error) {
      // Attempts to reach the other contact continue.
      if (id !== dialledAs && book.find(id)) this.#hooks.dial(id);
      throw error;
    }
  }

  /**
   * Pins an authenticated identity to a contact; if a contact already has it, the two are merged.
   */
  async #pin(id: ContactId, identity: Identity, address: PeerAddress): Promise<Contact> {
    const { book } = this.#deps;
    const unbound = (contact: Contact): void => {
      if (contact.policy === 'blocked') raise('cancelled');
      if (contact.identity === null || contact.identity === identity) return;
      // An invite pinned another identity in the meantime.
      const { name } = contact;
      raise('identity-changed', { address: formatAddress(address), name, found: identity });
    };
    return book.withIdentity(identity, async () => {
      const known = book.byIdentity(identity);
      if (!known || known.id === id) {
        return book.update(id, (contact) => {
          unbound(contact);
          const trust = contact.trust === 'none' ? 'first-use' : contact.trust;
          return { kind: 'parley', identity, trust };
        });
      }
      unbound(book.get(id).contact);
      if (known.policy === 'blocked') raise('blocked', { name: known.name });
      return book.merge(id, known.id, (contact) => {
        const { policy, name } = contact;
        if (policy === 'blocked') raise('blocked', { name });
        // Dialling a contact accepts it, unless it resembles another one.
        const waits = policy === 'request' && book.lookalikes(contact).length > 0;
        return waits ? {} : { policy: 'accepted', chosen: true };
      });
    });
  }
}
