import type { ContactId, Conversation, LinkState, Message } from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
import type { Store } from '../storage/store.ts';

interface Deps {
  readonly store: Store;
  readonly events: EventLog;
}

/**
 * What the conversations look like in a list: the contact, its link, the newest message and the unread
 * count. Each change is announced. Contacts come, change and go by the contact book only.
 */
export class ConversationList {
  readonly #deps: Deps;
  readonly #conversations = new Map<ContactId, Conversation>();
  /** The newest message that a conversation's unread count includes. */
  readonly #counted = new Map<ContactId, number>();
  /** Conversations that were announced, or in a snapshot: those stay until they are removed. */
  readonly #listed = new Set<ContactId>();
  #arrivedAfter = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      this.#conversations.set(stored.contact.id, { ...stored, link: { phase: 'idle' } });
      this.#counted.set(stored.contact.id, stored.lastMessage?.seq ?? 0);
      if (!isKnock(stored)) this.#listed.add(stored.contact.id);
    }
    this.#arrivedAfter = this.#newest();
  }

  /** Takes over what came into the store by another way. */
  async reload(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      const { id } = stored.contact;
      const link = this.find(id)?.link ?? { phase: 'idle' };
      this.#conversations.set(id, { ...stored, link });
      this.#counted.set(id, stored.lastMessage?.seq ?? 0);
      this.announce(id);
    }
    // What was imported has not just arrived.
    this.#arrivedAfter = this.#newest();
  }

  /** The newest message that did not arrive while this copy ran; 0 when there is none. */
  get arrivedAfter(): number {
    return this.#arrivedAfter;
  }

  [Symbol.iterator](): Iterator<Conversation> {
    return this.#conversations.values();
  }

  all(): readonly Conversation[] {
    return [...this];
  }

  find(id: ContactId): Conversation | null {
    return this.#conversations.get(id) ?? null;
  }

  /** What the user is shown: a stranger who has said nothing yet is nobody to decide about. */
  listed(): readonly Conversation[] {
    return this.all().filter((it) => !isKnock(it) || this.#listed.has(it.contact.id));
  }

  /** Shows a conversation that was not so far: there is going to be something in it. */
  list(id: ContactId): void {
    if (this.#listed.has(id) || !this.#conversations.has(id)) return;
    this.#listed.add(id);
    this.announce(id);
  }

  setLink(id: ContactId, link: LinkState): void {
    const before = this.find(id)?.link;
    if (before && JSON.stringify(before) !== JSON.stringify(link)) this.change(id, { link });
  }

  /** Takes note of a stored message: the list's preview and the unread count. */
  messageAdded(message: Message): void {
    const id = message.contactId;
    const conversation = this.find(id);
    // A refresh may have seen it in the store already.
    if (!conversation || message.seq <= (this.#counted.get(id) ?? 0)) return;
    this.#counted.set(id, message.seq);
    const unread = conversation.unread + (message.author === 'them' ? 1 : 0);
    this.change(id, { lastMessage: message, unread });
  }

  messageChanged(message: Message): void {
    const conversation = this.find(message.contactId);
    if (conversation?.lastMessage?.seq !== message.seq) return;
    this.change(message.contactId, { lastMessage: message });
  }

  /** Reads the preview and the unread count again from the store. */
  async refresh(id: ContactId): Promise<void> {
    for (;;) {
      const counted = this.#counted.get(id);
      const stored = await this.#deps.store.conversation(id);
      if (!stored || !this.#conversations.has(id)) return;
      // A message was announced meanwhile that the answer may not have.
      if (this.#counted.get(id) !== counted) continue;
      const { lastMessage, unread } = stored;
      this.#counted.set(id, lastMessage?.seq ?? 0);
      this.change(id, { lastMessage, unread });
      return;
    }
  }

  /** Puts a conversation in, or back, without a word. */
  put(conversation: Conversation): void {
    this.#conversations.set(conversation.contact.id, conversation);
  }

  /** Takes a conversation out without a word, to be put back or forgotten. */
  takeOut(id: ContactId): void {
    this.#conversations.delete(id);
  }

  /** Takes a conversation out for good. */
  forget(id: ContactId, mergedInto: ContactId | null): void {
    this.#conversations.delete(id);
    this.#counted.delete(id);
    if (!this.#listed.delete(id)) return;
    this.#deps.events.publish({ type: 'conversation-removed', contactId: id, mergedInto });
  }

  change(id: ContactId, change: Partial<Conversation>): void {
    const before = this.#conversations.get(id);
    if (!before) return;
    this.#conversations.set(id, { ...before, ...change });
    this.announce(id);
  }

  announce(id: ContactId): void {
    const conversation = this.#conversations.get(id);
    if (!conversation || (isKnock(conversation) && !this.#listed.has(id))) return;
    this.#listed.add(id);
    this.#deps.events.publish({ type: 'conversation-changed', conversation });
  }

  #newest(): number {
    return Math.max(0, ...this.all().map(({ lastMessage }) => lastMessage?.seq ?? 0));
  }
}

/** Whether somebody has connected who is neither accepted nor has said anything. */
function isKnock({ contact, lastMessage }: Pick<Conversation, 'contact' | 'lastMessage'>): boolean {
  return contact.policy === 'request' && lastMessage === null;
}
