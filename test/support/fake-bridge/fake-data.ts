import type { EventBatch, PeerEvent, SequencedEvent } from '../../../src/shared/bridge/events.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import type {
  ContactId,
  Conversation,
  Message,
  MessageKey,
  MessagePage,
  SearchPage,
  Self,
  Snapshot,
} from '../../../src/shared/model/model.ts';
import { raise } from '../../../src/shared/problems/problem.ts';

/** What a fake core starts with. */
export interface FakeScenario {
  readonly self: Self;
  readonly conversations: readonly Conversation[];
  /** Messages of all conversations. */
  readonly messages: readonly Message[];
}

/** A fake core's memory: each change is told to the subscribers as one event, in sequence. */
export class FakeData {
  #self: Self;
  readonly #conversations: Map<ContactId, Conversation>;
  #messages: readonly Message[];
  readonly #events: SequencedEvent[] = [];
  readonly #listeners = new Set<(batch: EventBatch) => void>();
  readonly #arrivedAfter: number;
  #seq = 0;
  #ids = 0;

  constructor(scenario: FakeScenario) {
    this.#self = scenario.self;
    this.#conversations = new Map(scenario.conversations.map((it) => [it.contact.id, it]));
    this.#messages = scenario.messages.toSorted((a, b) => a.seq - b.seq);
    this.#arrivedAfter = this.#messages.at(-1)?.seq ?? 0;
    for (const id of this.#conversations.keys()) this.#refresh(id);
  }

  get self(): Self {
    return this.#self;
  }

  snapshot(): Snapshot {
    const conversations = [...this.#conversations.values()];
    return { seq: this.#seq, self: this.#self, conversations, arrivedAfter: this.#arrivedAfter };
  }

  conversation(contactId: ContactId): Conversation {
    return this.#conversations.get(contactId) ?? raise('unknown-contact');
  }

  messagesOf(contactId: ContactId): readonly Message[] {
    return this.#messages.filter((it) => it.contactId === contactId);
  }

  page(contactId: ContactId, before: number | null, limit: number): MessagePage {
    this.conversation(contactId);
    const all = this.messagesOf(contactId).filter((it) => before === null || it.seq < before);
    return { messages: all.slice(-limit), more: all.length > limit };
  }

  pageAfter(contactId: ContactId, after: number, limit: number): MessagePage {
    this.conversation(contactId);
    const all = this.messagesOf(contactId).filter((it) => it.seq > after);
    return { messages: all.slice(0, limit), more: all.length > limit };
  }

  find(contactId: ContactId, messageId: string): Message | null {
    const all = this.messagesOf(contactId).filter((it) => it.id === messageId);
    return all.find((it) => it.author === 'me') ?? all[0] ?? null;
  }

  /** Messages that hold every word of `query` somewhere, the newest first. */
  search(
    query: string,
    contactId: ContactId | null,
    before: number | null,
    limit: number,
  ): SearchPage {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = this.#messages
      .filter((it) => contactId === null || it.contactId === contactId)
      .filter((it) => before === null || it.seq < before)
      .filter((it) => words.length > 0 && words.every((w) => it.body.toLowerCase().includes(w)))
      .reverse()
      .map((message) => ({ message, excerpt: message.body.slice(0, 120).replaceAll('\n', ' ') }));
    return { hits: hits.slice(0, limit), more: hits.length > limit };
  }

  /** One of our own messages; null if there is none with this id. */
  own(messageId: string, contactId: ContactId | null = null): Message | null {
    const ours = this.#messages.filter((it) => it.id === messageId && it.author === 'me');
    return ours.find((it) => contactId === null || it.contactId === contactId) ?? null;
  }

  newId(): string {
    this.#ids += 1;
    const count = this.#ids;
    return uuidv7(Date.now(), (length) => new Uint8Array(length).fill(count % 251));
  }

  changeSelf(self: Self): void {
    this.#self = self;
    this.#emit({ type: 'self-changed', self });
  }

  tellTyping(contactId: ContactId, until: number): void {
    this.#emit({ type: 'typing', contactId, until });
  }

  change(conversation: Conversation): void {
    const { draft = null, ...contact } = conversation.contact;
    const before = this.#conversations.get(contact.id)?.contact.draft ?? null;
    this.#conversations.set(contact.id, conversation);
    this.#emit({ type: 'conversation-changed', conversation: { ...conversation, contact } });
    if (draft !== before) this.#emit({ type: 'draft-changed', contactId: contact.id, draft });
  }

  add(
    contactId: ContactId,
    author: Message['author'],
    body: string,
    id: string,
    state: Message['state'],
    replyTo: Message['replyTo'] = null,
  ): Message {
    const conversation = this.conversation(contactId);
    const seq = (this.#messages.at(-1)?.seq ?? 0) + 1;
    const sentAt = Date.now();
    const message: Message = {
      id,
      contactId,
      author,
      body,
      sentAt,
      seq,
      state,
      problem: null,
      replyTo,
    };
    this.#messages = [...this.#messages, message];
    this.#emit({ type: 'message-added', message });
    const unread = conversation.unread + (author === 'them' ? 1 : 0);
    this.change({ ...conversation, lastMessage: message, unread });
    return message;
  }

  replace(message: Message): void {
    this.#messages = this.#messages.map((it) => (it.seq === message.seq ? message : it));
    this.#emit({ type: 'message-changed', message });
    const conversation = this.conversation(message.contactId);
    if (conversation.lastMessage?.seq === message.seq) {
      this.change({ ...conversation, lastMessage: message });
    }
  }

  deleteMessage({ contactId, author, id }: MessageKey): void {
    const found =
      this.messagesOf(contactId).find((it) => it.id === id && it.author === author) ??
      raise('unknown-message');
    this.#messages = this.#messages.filter((it) => it !== found);
    this.#emit({ type: 'message-removed', contactId, author, messageId: id });
    this.#refresh(contactId);
    this.change(this.conversation(contactId));
  }

  /** Removes a contact with its messages, or moves them to the contact that it turned out to be. */
  remove(contactId: ContactId, mergedInto: ContactId | null): void {
    this.#conversations.delete(contactId);
    this.#messages = this.#messages
      .filter((it) => mergedInto !== null || it.contactId !== contactId)
      .map((it) =>
        mergedInto !== null && it.contactId === contactId ? { ...it, contactId: mergedInto } : it,
      );
    this.#emit({ type: 'conversation-removed', contactId, mergedInto });
    if (mergedInto === null) return;
    this.#refresh(mergedInto);
    this.change(this.conversation(mergedInto));
  }

  subscribe(afterSeq: number, listener: (batch: EventBatch) => void): () => void {
    this.#listeners.add(listener);
    const missed = this.#events.filter((it) => it.seq > afterSeq);
    if (missed.length > 0) queueMicrotask(() => listener({ type: 'events', events: missed }));
    return () => void this.#listeners.delete(listener);
  }

  /** Tells all subscribers that events are missing. */
  announceGap(): void {
    for (const listener of [...this.#listeners]) listener({ type: 'gap' });
  }

  #refresh(contactId: ContactId): void {
    const conversation = this.conversation(contactId);
    const lastMessage = this.messagesOf(contactId).at(-1) ?? null;
    this.#conversations.set(contactId, { ...conversation, lastMessage });
  }

  #emit(event: PeerEvent): void {
    this.#seq += 1;
    const sequenced: SequencedEvent = { seq: this.#seq, event };
    this.#events.push(sequenced);
    for (const listener of [...this.#listeners]) {
      listener({ type: 'events', events: [sequenced] });
    }
  }
}
