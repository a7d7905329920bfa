import type { Lookalike, Person } from '../../shared/model/lookalikes.ts';
import type {
  ContactId,
  Conversation,
  LinkState,
  Message,
  SavedDraft,
} from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
import type { Store } from '../storage/store.ts';
import { LookIndex } from './look-index.ts';

interface Deps {
  readonly store: Store;
  readonly events: EventLog;
}

/**
 * The conversations as a list: the contact, its link, the newest message and the unread count. Each
 * change is announced. Contacts are added, changed and removed by the contact book only.
 */
export class ConversationList {
  readonly #deps: Deps;
  readonly #conversations = new Map<ContactId, Conversation>();
  readonly #looks = new LookIndex();
  /** The newest message included in a conversation's unread count. */
  readonly #counted = new Map<ContactId, number>();
  /** Conversations that were announced, or in a snapshot: they stay until they are removed. */
  readonly #listed = new Set<ContactId>();
  /** Drafts as they were announced: a long one is not to be in every event of its conversation. */
  readonly #drafts = new Map<ContactId, SavedDraft>();
  #arrivedAfter = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      this.put({ ...stored, link: { phase: 'idle' } });
      this.#counted.set(stored.contact.id, stored.lastMessage?.seq ?? 0);
      if (isSilentStranger(stored)) continue;
      this.#listed.add(stored.contact.id);
      this.#rememberDraft(stored);
    }
    this.#arrivedAfter = this.#newest();
  }

  /** Takes over what was stored by an import. */
  async reload(): Promise<void> {
    for (const stored of await this.#deps.store.conversations()) {
      const { id } = stored.contact;
      const link = this.find(id)?.link ?? { phase: 'idle' };
      this.put({ ...stored, link });
      this.#counted.set(id, stored.lastMessage?.seq ?? 0);
      this.announce(id);
    }
    // Imported messages have not just arrived.
    this.#arrivedAfter = this.#newest();
  }

  /** The newest message that did not arrive during this run; 0 when there is none. */
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

  /** The contacts that this one resembles, see `lookalikesOf`. */
  lookalikes(person: Person): readonly Lookalike[] {
    return this.#looks.lookalikes(person);
  }

  /** What the user sees: without strangers that have sent nothing yet. */
  listed(): readonly Conversation[] {
    return this.all().filter((it) => !isSilentStranger(it) || this.#listed.has(it.contact.id));
  }

  /** Shows a conversation that was not shown so far: it is about to get a message. */
  list(id: ContactId): void {
    if (this.#listed.has(id) || !this.#conversations.has(id)) return;
    this.#listed.add(id);
    this.announce(id);
  }

  setLink(id: ContactId, link: LinkState): void {
    const before = this.find(id)?.link;
    if (before && JSON.stringify(before) !== JSON.stringify(link)) this.change(id, { link });
  }

  /** Applies a stored message to the preview and the unread count. */
  messageAdded(message: Message): void {
    const id = message.contactId;
    const conversation = this.find(id);
    // A refresh may have read it from the store already.
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
      // A message announced meanwhile may be missing in the result.
      if (this.#counted.get(id) !== counted) continue;
      const { lastMessage, unread } = stored;
      this.#counted.set(id, lastMessage?.seq ?? 0);
      this.change(id, { lastMessage, unread });
      return;
    }
  }

  /** Adds a conversation, or restores it, without an event. */
  put(conversation: Conversation): void {
    this.#conversations.set(conversation.contact.id, conversation);
    this.#looks.put(conversation.contact);
  }

  /** Removes a conversation without an event, to be restored or forgotten. */
  takeOut(id: ContactId): void {
    this.#conversations.delete(id);
    this.#looks.delete(id);
  }

  /** Removes a conversation for good. */
  forget(id: ContactId, mergedInto: ContactId | null): void {
    this.takeOut(id);
    this.#counted.delete(id);
    this.#drafts.delete(id);
    if (!this.#listed.delete(id)) return;
    this.#deps.events.publish({ type: 'conversation-removed', contactId: id, mergedInto });
  }

  change(id: ContactId, change: Partial<Conversation>): void {
    const before = this.#conversations.get(id);
    if (!before) return;
    this.put({ ...before, ...change });
    this.announce(id);
  }

  announce(id: ContactId): void {
    const conversation = this.#conversations.get(id);
    if (!conversation || (isSilentStranger(conversation) && !this.#listed.has(id))) return;
    this.#listed.add(id);
    const { events } = this.#deps;
    const { draft = null, ...contact } = conversation.contact;
    events.publish({ type: 'conversation-changed', conversation: { ...conversation, contact } });
    if (draft === (this.#drafts.get(id) ?? null)) return;
    this.#rememberDraft(conversation);
    events.publish({ type: 'draft-changed', contactId: id, draft });
  }

  #rememberDraft({ contact: { id, draft } }: Pick<Conversation, 'contact'>): void {
    if (draft === undefined) this.#drafts.delete(id);
    else this.#drafts.set(id, draft);
  }

  #newest(): number {
    // Not spread into Math.max(): there may be more contacts than a call takes arguments.
    return this.all().reduce((most, { lastMessage }) => Math.max(most, lastMessage?.seq ?? 0), 0);
  }
}

/** Whether this is a stranger that has connected and sent nothing. */
function isSilentStranger({
  contact,
  lastMessage,
}: Pick<Conversation, 'contact' | 'lastMessage'>): boolean {
  return contact.policy === 'request' && lastMessage === null;
}
