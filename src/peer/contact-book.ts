import { formatAddress, type PeerAddress, parseAddress, sameAddress } from '../shared/address.ts';
import { uuidv7 } from '../shared/ids.ts';
import type {
  Contact,
  ContactId,
  Conversation,
  Identity,
  LinkState,
  Message,
} from '../shared/model.ts';
import { raise } from '../shared/problem.ts';
import type { EventLog } from './event-log.ts';
import type { Store } from './store.ts';
import type { World } from './world.ts';

/** Addresses remembered for one contact; the least recently working are forgotten first. */
const KEPT_ADDRESSES = 8;

type NewContact = Pick<Contact, 'kind' | 'name' | 'identity' | 'trust' | 'addresses' | 'policy'>;

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly events: EventLog;
}

/**
 * The contacts and what their conversations look like in a list, in memory and in the store. The
 * store is written first; a change is announced only when it is kept.
 */
export class ContactBook {
  readonly #deps: Deps;
  readonly #conversations = new Map<ContactId, Conversation>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      this.#conversations.set(stored.contact.id, { ...stored, link: { phase: 'idle' } });
    }
  }

  /** Takes over what came into the store by another way. */
  async reload(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      const { id } = stored.contact;
      const link = this.find(id)?.link ?? { phase: 'idle' };
      this.#conversations.set(id, { ...stored, link });
      this.#announce(id);
    }
  }

  all(): readonly Conversation[] {
    return [...this.#conversations.values()];
  }

  find(id: ContactId): Conversation | null {
    return this.#conversations.get(id) ?? null;
  }

  /** The conversation, or a `ProblemError` (`unknown-contact`). */
  get(id: ContactId): Conversation {
    return this.find(id) ?? raise('unknown-contact');
  }

  byIdentity(identity: Identity): Contact | null {
    return this.#search((contact) => contact.identity === identity);
  }

  byAddress(address: PeerAddress): Contact | null {
    return this.#search((contact) =>
      contact.addresses.some((text) => {
        const parsed = parseAddress(text);
        return parsed.ok && sameAddress(parsed.address, address);
      }),
    );
  }

  guestAt(host: string): Contact | null {
    return this.#search((contact) => contact.kind === 'guest' && contact.addresses[0] === host);
  }

  async add(contact: NewContact): Promise<Contact> {
    const { world, store } = this.#deps;
    const now = world.now();
    const added: Contact = {
      ...contact,
      pinned: false,
      muted: false,
      id: uuidv7(now, world.randomBytes),
      createdAt: now,
    };
    // In memory first, so that a second caller in the meantime finds it instead of adding another.
    this.#conversations.set(added.id, {
      contact: added,
      link: { phase: 'idle' },
      lastMessage: null,
      unread: 0,
    });
    try {
      await store.saveContact(added);
    } catch (error) {
      this.#conversations.delete(added.id);
      throw error;
    }
    this.#announce(added.id);
    return added;
  }

  async update(
    id: ContactId,
    change: Partial<Omit<Contact, 'id' | 'createdAt'>>,
  ): Promise<Contact> {
    const before = this.get(id).contact;
    const contact: Contact = { ...before, ...change };
    if (JSON.stringify(contact) === JSON.stringify(before)) return before;
    await this.#deps.store.saveContact(contact);
    this.#change(id, { contact });
    return contact;
  }

  /** Puts `address` first: it has just worked, or the user has just typed it. */
  async addAddress(id: ContactId, address: PeerAddress): Promise<Contact> {
    const text = formatAddress(address);
    const others = this.get(id).contact.addresses.filter((it) => it !== text);
    return this.update(id, { addresses: [text, ...others].slice(0, KEPT_ADDRESSES) });
  }

  async remove(id: ContactId): Promise<void> {
    this.get(id);
    await this.#deps.store.removeContact(id);
    this.#conversations.delete(id);
    this.#deps.events.publish({ type: 'conversation-removed', contactId: id, mergedInto: null });
  }

  /** `from` turned out to be `into`: its messages move there. */
  async merge(from: ContactId, into: ContactId): Promise<void> {
    await this.#deps.store.mergeContact(from, into);
    this.#conversations.delete(from);
    await this.refresh(into);
    this.#deps.events.publish({ type: 'conversation-removed', contactId: from, mergedInto: into });
  }

  setLink(id: ContactId, link: LinkState): void {
    const before = this.find(id)?.link;
    if (before && JSON.stringify(before) !== JSON.stringify(link)) this.#change(id, { link });
  }

  /** Takes note of a stored message: the list's preview and the unread count. */
  messageAdded(message: Message): void {
    const conversation = this.find(message.contactId);
    if (!conversation) return;
    const unread = conversation.unread + (message.author === 'them' ? 1 : 0);
    this.#change(message.contactId, { lastMessage: message, unread });
  }

  messageChanged(message: Message): void {
    const conversation = this.find(message.contactId);
    if (conversation?.lastMessage?.id !== message.id) return;
    this.#change(message.contactId, { lastMessage: message });
  }

  /** Reads the preview and the unread count again from the store. */
  async refresh(id: ContactId): Promise<void> {
    const stored = await this.#deps.store.conversation(id);
    if (stored && this.#conversations.has(id)) this.#change(id, stored);
  }

  #search(matches: (contact: Contact) => boolean): Contact | null {
    for (const { contact } of this.#conversations.values()) if (matches(contact)) return contact;
    return null;
  }

  #change(id: ContactId, change: Partial<Conversation>): void {
    const before = this.#conversations.get(id);
    if (!before) return;
    this.#conversations.set(id, { ...before, ...change });
    this.#announce(id);
  }

  #announce(id: ContactId): void {
    const conversation = this.#conversations.get(id);
    if (conversation) this.#deps.events.publish({ type: 'conversation-changed', conversation });
  }
}
