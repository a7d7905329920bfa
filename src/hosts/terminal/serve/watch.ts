import { identityCode } from '../../../shared/address/identity-text.ts';
import type { PeerApp } from '../../../shared/bridge/chat-bridge.ts';
import type { EventBatch, PeerEvent } from '../../../shared/bridge/events.ts';
import { lookalikesOf } from '../../../shared/model/lookalikes.ts';
import type {
  Contact,
  ContactId,
  Conversation,
  LinkState,
  Message,
  Self,
} from '../../../shared/model/model.ts';
import { type Problem, raise } from '../../../shared/problems/problem.ts';
import type { Sender, ServeView } from './view.ts';

/**
 * Follows the core's events for a terminal: tells the view what came in, what became of our
 * messages and which links changed, and knows the newest contacts.
 *
 * It follows from before the peer listens until after it has stopped, so that whatever is stored in
 * between is told, once. What happens before the view has said that the peer runs is told after it.
 */
export class Watch {
  readonly #view: ServeView;
  readonly #conversations = new Map<ContactId, Conversation>();
  readonly #merged = new Map<ContactId, ContactId>();
  #self: Self | null = null;
  #unsubscribe: () => void = () => undefined;
  /** What waits to be told; null once it is told as it happens. */
  #held: PeerEvent[] | null = [];
  #stopping = false;
  #warnings: readonly Problem[] = [];

  constructor(view: ServeView) {
    this.#view = view;
  }

  /** Begins to follow; to be called before anything can happen. */
  async follow(app: PeerApp): Promise<void> {
    const { seq, self, conversations } = await app.snapshot({});
    this.#self = self;
    this.#conversations.clear();
    for (const it of conversations) this.#conversations.set(it.contact.id, it);
    this.#unsubscribe();
    this.#unsubscribe = app.subscribe(seq, (batch) => this.#onBatch(app, batch));
  }

  /** The peer runs: tells the view, then what has happened meanwhile, then all as it happens. */
  async start(app: PeerApp, running: (self: Self) => void): Promise<void> {
    const { self } = await app.snapshot({});
    this.#self = self;
    running(self);
    this.#onWarnings(self.warnings);
    this.release();
  }

  /** Tells what was held back. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const event of held) this.#onEvent(event);
  }

  /** That links end is no news from now on; messages still are. */
  stopping(): void {
    this.#stopping = true;
  }

  close(): void {
    this.#unsubscribe();
  }

  get self(): Self {
    return this.#self ?? raise('internal');
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

  #onBatch(app: PeerApp, batch: EventBatch): void {
    if (batch.type === 'gap') {
      // A listener in the same process is never late: only an import is told of in this way, and
      // what is imported has not just arrived. Whom it brought is known from now on.
      this.follow(app).catch(() => undefined);
      return;
    }
    for (const { event } of batch.events) {
      if (this.#held) this.#held.push(event);
      else this.#onEvent(event);
    }
  }

  #onEvent(event: PeerEvent): void {
    switch (event.type) {
      case 'self-changed':
        this.#self = event.self;
        this.#onWarnings(event.self.warnings);
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

  #onWarnings(warnings: readonly Problem[]): void {
    if (JSON.stringify(warnings) === JSON.stringify(this.#warnings)) return;
    this.#warnings = warnings;
    this.#view.warnings(warnings);
  }

  #onAdded(message: Message): void {
    const { contactId, author } = message;
    if (author === 'me') this.#view.accepted(message, this.link(contactId));
    else if (this.#contact(contactId)?.policy === 'request') {
      this.#view.requested(this.self, message, this.#sender(contactId), this.#like(contactId));
    } else this.#view.received(this.self, message, this.#sender(contactId));
  }

  #onConversation(conversation: Conversation): void {
    const { id } = conversation.contact;
    const before = this.#conversations.get(id)?.link ?? { phase: 'idle' };
    this.#conversations.set(id, conversation);
    if (this.#stopping || conversation.link.phase === before.phase) return;
    this.#view.link(this.#sender(id), conversation.link);
  }

  #sender(contactId: ContactId): Sender {
    const contact = this.#contact(contactId);
    return {
      contactId,
      name: contact?.name ?? '',
      address: contact?.addresses[0] ?? null,
      code: contact?.identity ? identityCode(contact.identity) : null,
    };
  }

  #contact(contactId: ContactId): Contact | undefined {
    return this.#conversations.get(contactId)?.contact;
  }

  /** The contacts that this one can be mistaken for. */
  #like(contactId: ContactId): Sender | null {
    const contact = this.#contact(contactId);
    const all = Array.from(this.#conversations.values(), (it) => it.contact);
    const [like] = contact ? lookalikesOf(contact, all) : [];
    return like ? this.#sender(like.contact.id) : null;
  }
}
