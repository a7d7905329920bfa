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
 * Follows the core's events for a terminal: reports to the view incoming messages, the states of
 * ours and link changes, and keeps the current contacts.
 *
 * It is subscribed from before the peer listens until after it has stopped, so that every message
 * stored in between is reported, once. Events before the view has reported that the peer runs are
 * reported after that.
 */
export class Watch {
  readonly #view: ServeView;
  readonly #conversations = new Map<ContactId, Conversation>();
  readonly #merged = new Map<ContactId, ContactId>();
  #self: Self | null = null;
  #unsubscribe: () => void = () => undefined;
  /** Events held back; null once they are reported as they happen. */
  #held: PeerEvent[] | null = [];
  #stopping = false;
  #warnings: readonly Problem[] = [];

  constructor(view: ServeView) {
    this.#view = view;
  }

  /** Subscribes; call before anything can happen. */
  async follow(app: PeerApp): Promise<void> {
    const { seq, self, conversations } = await app.snapshot({});
    this.#self = self;
    this.#conversations.clear();
    for (const it of conversations) this.#conversations.set(it.contact.id, it);
    this.#unsubscribe();
    this.#unsubscribe = app.subscribe(seq, (batch) => this.#onBatch(app, batch));
  }

  /** The peer runs: reports that, then the events held back, then all as they happen. */
  async start(app: PeerApp, running: (self: Self) => void): Promise<void> {
    const { self } = await app.snapshot({});
    this.#self = self;
    running(self);
    this.#onWarnings(self.warnings);
    this.release();
  }

  /** Reports the events held back. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const event of held) this.#onEvent(event);
  }

  /** From now on ended links are not reported; messages still are. */
  stopping(): void {
    this.#stopping = true;
  }

  close(): void {
    this.#unsubscribe();
  }

  get self(): Self {
    return this.#self ?? raise('internal');
  }

  /** The contact that `id` now refers to: contacts may be merged. */
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
      // A subscriber in the same process never misses events: only an import causes a gap, and
      // imported messages have not just arrived. Its contacts are known from now on.
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

  /** The contacts that this one resembles. */
  #like(contactId: ContactId): Sender | null {
    const contact = this.#contact(contactId);
    const all = Array.from(this.#conversations.values(), (it) => it.contact);
    const [like] = contact ? lookalikesOf(contact, all) : [];
    return like ? this.#sender(like.contact.id) : null;
  }
}
