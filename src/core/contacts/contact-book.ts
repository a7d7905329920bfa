import type { PeerAddress } from '../../shared/address/address.ts';
import { isAttempt } from '../../shared/model/attempt.ts';
import { uuidv7 } from '../../shared/model/ids.ts';
import type { Lookalike, Person } from '../../shared/model/lookalikes.ts';
import type { Contact, ContactId, Conversation, Identity } from '../../shared/model/model.ts';
import { raise } from '../../shared/problems/problem.ts';
import type { EventLog } from '../base/event-log.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';
import type { Store } from '../storage/store.ts';
import {
  isMeantBy,
  joinAddresses,
  reachedAt,
  withAddress,
  withoutReached,
  withReached,
} from './contact-addresses.ts';
import { ConversationList } from './conversation-list.ts';

type NewContact = Pick<
  Contact,
  'kind' | 'name' | 'identity' | 'trust' | 'addresses' | 'policy' | 'chosen'
>;

type ContactChange = Partial<Omit<Contact, 'id' | 'createdAt'>>;

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly events: EventLog;
}

/**
 * The contacts, in memory and in the store. The store is written first; a change is announced only
 * once it is stored.
 */
export class ContactBook {
  /** The contacts, with their conversations. */
  readonly conversations: ConversationList;
  readonly #deps: Deps;
  /** Serializes changes of one contact: each starts from the result of the previous one. */
  readonly #mutex = new KeyedMutex<ContactId>();
  readonly #identityTurns = new KeyedMutex<Identity>();
  /** Merged contacts: old id to new id, for callers that still have the old one. */
  readonly #successors = new Map<ContactId, ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.conversations = new ConversationList(deps);
  }

  all(): readonly Conversation[] {
    return this.conversations.all();
  }

  find(id: ContactId): Conversation | null {
    return this.conversations.find(id);
  }

  /** The conversation, or a `ProblemError` (`unknown-contact`). */
  get(id: ContactId): Conversation {
    return this.find(id) ?? raise('unknown-contact');
  }

  byIdentity(identity: Identity): Contact | null {
    return this.#search((contact) => contact.identity === identity);
  }

  /**
   * The contacts that the user may mean by an address: first those that were authenticated when we
   * dialled it, then those without a key that are only known by it. Never contacts that merely
   * claim it, nor strangers. This is history: only dialling shows which contact answers there now.
   */
  atAddress(address: PeerAddress): readonly Contact[] {
    const rank = ({ policy, identity }: Contact): number =>
      (policy === 'accepted' ? 0 : 2) + (identity === null ? 1 : 0);
    return this.all()
      .map(({ contact }) => contact)
      .filter((contact) => contact.policy !== 'request' && isMeantBy(contact, address))
      .sort((a, b) => rank(a) - rank(b));
  }

  /** The contacts that this one resembles, see `lookalikesOf`. */
  lookalikes(person: Person): readonly Lookalike[] {
    return this.conversations.lookalikes(person);
  }

  /** Serializes tasks that look up or assign this identity: it belongs to one contact. */
  withIdentity<T>(identity: Identity, task: () => Promise<T>): Promise<T> {
    return this.#identityTurns.runExclusive(identity, task);
  }

  guestAt(host: string): Contact | null {
    return this.#search((contact) => contact.kind === 'guest' && contact.addresses[0] === host);
  }

  async add(contact: NewContact): Promise<Contact> {
    const { world, store } = this.#deps;
    const now = world.now();
    const added: Contact = {
      ...contact,
      reached: [],
      claimed: [],
      pinned: false,
      muted: false,
      id: uuidv7(now, world.randomBytes),
      createdAt: now,
    };
    // In memory first, so that a concurrent call finds it instead of adding another.
    this.conversations.put({
      contact: added,
      link: { phase: 'idle' },
      lastMessage: null,
      unread: 0,
    });
    try {
      await store.saveContact(added);
    } catch (error) {
      // A snapshot may have shown it already.
      this.conversations.forget(added.id, null);
      throw error;
    }
    this.conversations.announce(added.id);
    return added;
  }

  /** Changes a contact; a function receives the result of earlier changes. */
  update(
    id: ContactId,
    change: ContactChange | ((contact: Contact) => ContactChange),
  ): Promise<Contact> {
    return this.#mutex.runExclusive(id, () => this.#write(id, change));
  }

  /** Puts `address` first: the user has just typed it. */
  addAddress(id: ContactId, address: PeerAddress): Promise<Contact> {
    return this.update(id, (contact) => ({ addresses: withAddress(contact, address) }));
  }

  /**
   * A contact has answered at an address that we dialled. An address belongs to one contact, so
   * others are no longer recorded as reached there.
   */
  async reached(
    id: ContactId,
    address: PeerAddress,
    change: (contact: Contact) => ContactChange,
  ): Promise<Contact> {
    const updated = await this.update(id, (contact) => ({
      ...withReached(contact, address, this.#deps.world.now()),
      ...change(contact),
    }));
    for (const { contact } of this.all()) {
      if (contact.id === id || reachedAt(contact, address) === null) continue;
      await this.#mutex.runExclusive(contact.id, async () => {
        if (!this.find(contact.id)) return;
        await this.#write(contact.id, (it) => ({ reached: withoutReached(it, address) }));
      });
    }
    return updated;
  }

  async remove(id: ContactId): Promise<void> {
    await this.#mutex.runExclusive(id, async () => {
      this.get(id);
      await this.#deps.store.removeContact(id);
      this.conversations.forget(id, null);
    });
  }

  /** Forgets a contact that is only a typed address; resolves with whether it was. */
  removeAttempt(id: ContactId): Promise<boolean> {
    return this.#mutex.runExclusive(id, async () => {
      const { contact } = this.get(id);
      if (!isAttempt(contact) || contact.draft) return false;
      if (!(await this.#deps.store.removeContact(id, 'empty'))) return false;
      this.conversations.forget(id, null);
      return true;
    });
  }

  /**
   * Removes a contact unless it has a message, even one that is still being stored, or a draft. From
   * now on no message can be added to it.
   */
  async removeEmpty(id: ContactId): Promise<void> {
    const identity = this.find(id)?.contact.identity ?? null;
    const task = (): Promise<void> => this.#mutex.runExclusive(id, () => this.#removeEmpty(id));
    // A caller that reconnects at this moment becomes a new contact afterwards.
    await (identity === null ? task() : this.withIdentity(identity, task));
  }

  async #removeEmpty(id: ContactId): Promise<void> {
    const { store } = this.#deps;
    const conversation = this.find(id);
    if (!conversation) return;
    this.conversations.takeOut(id);
    let isGone = false;
    try {
      const { messages } = await store.page(id, null, 1);
      const isEmpty = messages.length === 0 && !conversation.contact.draft;
      if (isEmpty) await store.removeContact(id);
      isGone = isEmpty;
    } finally {
      if (isGone) this.conversations.forget(id, null);
      else this.conversations.put(conversation);
    }
    if (!isGone) await this.conversations.refresh(id);
  }

  /**
   * `from` proved to be `into`: its messages, addresses and draft move there, and `change` is applied
   * to `into`, all or nothing.
   */
  async merge(
    from: ContactId,
    into: ContactId,
    change: (contact: Contact) => ContactChange = () => ({}),
  ): Promise<Contact> {
    const merged = async (): Promise<Contact> => {
      const moved = this.get(from).contact;
      const before = this.get(into).contact;
      const addresses = joinAddresses(moved.addresses, before.addresses);
      const draft = joinDrafts(before.draft, moved.draft);
      const contact = changedContact(before, { addresses, draft, ...change(before) });
      await this.#deps.store.mergeContact(from, contact);
      this.conversations.takeOut(from);
      this.#successors.set(from, into);
      this.conversations.change(into, { contact });
      await this.conversations.refresh(into);
      this.conversations.forget(from, into);
      return contact;
    };
    // Always in the same order: two merges would deadlock otherwise.
    const [first, second] = from < into ? [from, into] : [into, from];
    return this.#mutex.runExclusive(first, () => this.#mutex.runExclusive(second, merged));
  }

  /** The contact that this one was merged into, after any merge under way; null if none. */
  successor(id: ContactId): Promise<ContactId | null> {
    return this.#mutex.runExclusive(id, async () => this.#successors.get(id) ?? null);
  }

  /** Call while holding the contact's mutex. */
  async #write(
    id: ContactId,
    change: ContactChange | ((contact: Contact) => ContactChange),
  ): Promise<Contact> {
    const before = this.get(id).contact;
    const changed = typeof change === 'function' ? change(before) : change;
    if (Object.keys(changed).length === 0) return before;
    const contact = changedContact(before, changed);
    if (JSON.stringify(contact) === JSON.stringify(before)) return before;
    await this.#deps.store.saveContact(contact);
    this.conversations.change(id, { contact });
    return contact;
  }

  #search(matches: (contact: Contact) => boolean): Contact | null {
    for (const { contact } of this.conversations) if (matches(contact)) return contact;
    return null;
  }
}

/**
 * A new key has not been authenticated anywhere yet, and claims under the old one do not apply to
 * it.
 */
function changedContact(before: Contact, change: ContactChange): Contact {
  const isAnother = 'identity' in change && change.identity !== before.identity;
  return { ...before, ...(isAnother ? { reached: [], claimed: [] } : {}), ...change };
}

/** Both texts: the user is still going to look at them. */
function joinDrafts(one: Contact['draft'], other: Contact['draft']): Contact['draft'] {
  if (!one || !other) return one ?? other;
  const body = [one.body, other.body].filter((it) => it !== '').join('\n');
  return { body, replyTo: one.replyTo ?? other.replyTo };
}
