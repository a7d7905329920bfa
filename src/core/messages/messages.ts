import { isPending } from '../../shared/model/delivery.ts';
import type {
  ContactId,
  Message,
  MessageId,
  MessageKey,
  MessagePage,
  SearchPage,
} from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
import type { ConversationList } from '../contacts/conversation-list.ts';
import type { DeliveryChange, NewMessage, SearchOptions, Store } from '../storage/store.ts';

/**
 * Messages deleted in one write: few, so that a long conversation does not block the event loop.
 */
const DELETE_BATCH = 50;

interface Deps {
  readonly store: Store;
  readonly conversations: ConversationList;
  readonly events: EventLog;
}

/**
 * The messages, with their side effects: stored, announced, and reflected in the conversation list,
 * in that order. Two states of a message to a peer that recognises duplicates are shown ahead of
 * the disk, since nothing depends on them after a crash: `sending`, which is never written, and
 * `delivered`, which is written with the next write.
 */
export class Messages {
  readonly #deps: Deps;
  readonly #ahead = new Ahead();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Stores new messages and announces those that were not stored before. Resolves when durable. */
  async add(messages: readonly NewMessage[]): Promise<readonly Message[]> {
    const added = await this.#deps.store.addMessages(messages);
    for (const message of added) {
      this.#deps.conversations.list(message.contactId);
      this.#deps.events.publish({ type: 'message-added', message });
      this.#deps.conversations.messageAdded(message);
    }
    return added;
  }

  async find(key: MessageKey): Promise<Message | null> {
    const message = await this.#deps.store.message(key);
    return message && this.#shown(message);
  }

  async page(id: ContactId, before: number | null, limit: number): Promise<MessagePage> {
    return this.#shownPage(await this.#deps.store.page(id, before, limit));
  }

  async pageAfter(id: ContactId, after: number, limit: number): Promise<MessagePage> {
    return this.#shownPage(await this.#deps.store.pageAfter(id, after, limit));
  }

  async search(query: string, options: SearchOptions): Promise<SearchPage> {
    const page = await this.#deps.store.search(query, options);
    const hits = page.hits.map((hit) => ({ ...hit, message: this.#shown(hit.message) }));
    return { ...page, hits };
  }

  /** Writes new delivery states and announces them. */
  async setDelivery(changes: readonly DeliveryChange[]): Promise<readonly Message[]> {
    const changed = await this.#deps.store.setDelivery(changes);
    for (const message of changed) {
      this.#ahead.delete(message);
      this.#announce(message);
    }
    return changed;
  }

  /**
   * Writes a Parley peer's answer about `sent`. A delivery is announced at once and not only when
   * it is on our disk too: after a crash in between, the message is resent and recognised as a
   * duplicate. Resolves when it is written; if that fails, the message stays pending.
   */
  async settle(sent: readonly Message[], changes: readonly DeliveryChange[]): Promise<void> {
    const acknowledged = new Set(
      changes.filter(({ event }) => event === 'acknowledged').map(({ id }) => id),
    );
    for (const message of sent) {
      if (!acknowledged.has(message.id) || this.#ahead.get(message) !== 'sending') continue;
      this.#ahead.set(message, 'delivered');
      this.#announce(this.#shown(message));
    }
    const changed = await this.#deps.store.setDelivery(changes);
    for (const message of changed) {
      if (this.#ahead.get(message) !== message.state) this.#announce(message);
    }
    for (const change of changes) this.#ahead.delete(change);
  }

  /** Shows messages as `sending` until their state is written. */
  showSending(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.state !== 'queued' || this.#ahead.get(message) !== undefined) continue;
      this.#ahead.set(message, 'sending');
      this.#announce(this.#shown(message));
    }
  }

  /** Shows messages as queued again that the other side has deferred. */
  showQueued(messages: readonly Message[]): void {
    for (const message of messages) {
      if (this.#ahead.get(message) !== 'sending') continue;
      this.#ahead.delete(message);
      this.#announce(message);
    }
  }

  async remove(key: MessageKey): Promise<Message | null> {
    const removed = await this.#deps.store.deleteMessage(key);
    if (!removed) return null;
    const { contactId, author, id } = removed;
    if (author === 'me') this.#ahead.delete(removed);
    this.#deps.events.publish({ type: 'message-removed', contactId, author, messageId: id });
    await this.#deps.conversations.refresh(contactId);
    return removed;
  }

  /**
   * Deletes the current messages of a conversation. Announced as a `gap`: one event per message
   * would be more than any subscriber keeps up with.
   */
  async clear(id: ContactId): Promise<void> {
    const { store, conversations, events } = this.#deps;
    const newest = (await store.page(id, null, 1)).messages[0];
    if (!newest) return;
    let deleted: readonly MessageId[];
    do {
      deleted = await store.deleteMessages(id, newest.seq, DELETE_BATCH);
      for (const gone of deleted) this.#ahead.delete({ contactId: id, id: gone });
    } while (deleted.length === DELETE_BATCH);
    await conversations.refresh(id);
    events.announceGap();
  }

  async markRead(id: ContactId, seq: number): Promise<void> {
    await this.#deps.store.markRead(id, seq);
    await this.#deps.conversations.refresh(id);
  }

  #announce(message: Message): void {
    this.#deps.events.publish({ type: 'message-changed', message });
    this.#deps.conversations.messageChanged(message);
  }

  #shownPage(page: MessagePage): MessagePage {
    return { ...page, messages: page.messages.map((message) => this.#shown(message)) };
  }

  #shown(message: Message): Message {
    const state = message.author === 'me' ? this.#ahead.get(message) : undefined;
    return state && message.state !== 'received' && isPending(message.state)
      ? { ...message, state }
      : message;
  }
}

type OwnMessage = Pick<Message, 'contactId' | 'id'>;

/** The shown state of messages to Parley peers whose stored state is still behind. */
class Ahead {
  readonly #states = new Map<ContactId, Map<MessageId, 'sending' | 'delivered'>>();

  get({ contactId, id }: OwnMessage): 'sending' | 'delivered' | undefined {
    return this.#states.get(contactId)?.get(id);
  }

  set({ contactId, id }: OwnMessage, state: 'sending' | 'delivered'): void {
    const states = this.#states.get(contactId) ?? new Map();
    if (states.size === 0) this.#states.set(contactId, states);
    states.set(id, state);
  }

  delete({ contactId, id }: OwnMessage): void {
    const states = this.#states.get(contactId);
    if (states?.delete(id) && states.size === 0) this.#states.delete(contactId);
  }
}
