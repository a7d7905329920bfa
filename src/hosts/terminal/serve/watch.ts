import type { PeerApp } from '../../../shared/chat-bridge.ts';
import type { EventBatch, PeerEvent } from '../../../shared/events.ts';
import type {
  ContactId,
  Conversation,
  LinkState,
  Message,
  Snapshot,
} from '../../../shared/model.ts';
import type { Sender, ServeView } from './view.ts';

/**
 * Follows the core's events for a terminal: tells the view what came in, what became of our
 * messages and which links changed, and knows the newest snapshot.
 */
export class Watch {
  readonly #view: ServeView;
  readonly #conversations = new Map<ContactId, Conversation>();
  readonly #merged = new Map<ContactId, ContactId>();
  readonly #stop: () => void;
  #self: Snapshot['self'];

  constructor(app: PeerApp, snapshot: Snapshot, view: ServeView) {
    this.#view = view;
    this.#self = snapshot.self;
    for (const it of snapshot.conversations) this.#conversations.set(it.contact.id, it);
    this.#stop = app.subscribe(snapshot.seq, (batch) => this.#onBatch(batch));
  }

  get self(): Snapshot['self'] {
    return this.#self;
  }

  /** The contact that `id` is by now: contacts that turn out to be the same are merged. */
  current(id: ContactId): ContactId {
    let current = id;
    for (let next = this.#merged.get(current); next; next = this.#merged.get(current)) {
      current = next;
    }
    return current;
  }

  link(id: ContactId): LinkState {
    return this.#conversations.get(this.current(id))?.link ?? { phase: 'idle' };
  }

  close(): void {
    this.#stop();
  }

  #onBatch(batch: EventBatch): void {
    // A listener in the same process is never late, so it never misses any.
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) this.#onEvent(event);
  }

  #onEvent(event: PeerEvent): void {
    switch (event.type) {
      case 'self-changed':
        this.#self = event.self;
        return;
      case 'conversation-changed':
        this.#onConversation(event.conversation);
        return;
      case 'conversation-removed':
        this.#conversations.delete(event.contactId);
        if (event.mergedInto !== null) this.#merged.set(event.contactId, event.mergedInto);
        return;
      case 'message-added':
        this.#onAdded(event.message);
        return;
      case 'message-changed':
        if (event.message.author === 'me') this.#view.changed(event.message);
        return;
      case 'message-removed':
        return;
    }
  }

  #onAdded(message: Message): void {
    const { contactId, author } = message;
    if (author === 'me') this.#view.accepted(message, this.link(contactId));
    else this.#view.received(this.#self, message, this.#sender(contactId));
  }

  #onConversation(conversation: Conversation): void {
    const { id } = conversation.contact;
    const before = this.#conversations.get(id)?.link ?? { phase: 'idle' };
    this.#conversations.set(id, conversation);
    if (conversation.link.phase === before.phase) return;
    this.#view.link(this.#sender(id), conversation.link);
  }

  #sender(contactId: ContactId): Sender {
    const contact = this.#conversations.get(contactId)?.contact;
    return {
      contactId,
      name: contact?.name ?? '',
      address: contact?.addresses[0] ?? null,
    };
  }
}
