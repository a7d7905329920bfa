import type { ContactId, Message } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import { CallError } from '../protocol/channel.ts';
import { isDead, type LiveLink } from '../protocol/live-link.ts';
import { type OpenCalls, openCalls } from '../protocol/open-calls.ts';
import type { DeliveryChange, Store } from '../storage/store.ts';
import { deliveryChange } from './delivery-change.ts';
import { type DeliveryOutcome, DeliveryWindow } from './delivery-window.ts';
import type { Messages } from './messages.ts';

/** Retry delay after a failed write to the store, milliseconds. */
const STORE_RETRY = 2_000;

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  /** Called when a peer without a session (HTTP batch) could not be reached. */
  readonly onUnreachable: (id: ContactId) => void;
  readonly onUnexpected: (error: unknown) => void;
}

interface Sender {
  live: LiveLink | null;
  running: boolean;
  /** Something changed while it ran. */
  again: boolean;
  /** Answers to sent messages that are not stored yet: oldest first. */
  readonly unwritten: DeliveryOutcome[];
  /** The batches in flight to a Parley peer. */
  window: DeliveryWindow | null;
}

/**
 * Sends pending messages, per contact in order, whenever there is a live link. Parley peers get them at
 * least once and deduplicate; for open-contract peers a message whose answer is lost becomes
 * `unconfirmed` and is never resent automatically.
 */
export class Outbox {
  readonly #deps: Deps;
  readonly #senders = new Map<ContactId, Sender>();
  /** Contacts whose user has not accepted us, as they report. */
  readonly #waiting = new Set<ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Call once at start: a message in flight to an open-contract peer when we stopped may or may not
   * have arrived.
   */
  async recover(): Promise<void> {
    const { store, messages } = this.#deps;
    for (const id of await store.contactsWithPending()) {
      const pending = await store.pending(id, Number.MAX_SAFE_INTEGER);
      const lost = pending.filter((message) => message.state === 'sending');
      await messages.setDelivery(lost.map((message) => deliveryChange(message, 'answer-lost')));
    }
  }

  /** Sets the current link to this contact; null for none. */
  setLink(id: ContactId, live: LiveLink | null): void {
    const sender = this.#sender(id);
    sender.live = live;
    this.#waiting.delete(id);
    // A window on the previous link does not use this one.
    if (live) this.#start(id, sender);
  }

  /**
   * Sends the pending messages of this contact, if there is a link. `newest` when only messages
   * added last can be newly pending.
   */
  flush(id: ContactId, where: 'newest' | 'anywhere' = 'anywhere'): void {
    const sender = this.#sender(id);
    if (!sender.window?.wake(where)) this.#start(id, sender);
  }

  /** The contact accepts messages again that it had deferred. */
  ready(id: ContactId): void {
    this.#waiting.delete(id);
    this.#onDeferred(id, null);
    this.flush(id);
  }

  /** Stores answers that could not be stored so far: the last chance before the store is closed. */
  async settle(): Promise<void> {
    for (const sender of this.#senders.values()) {
      await this.#writeOutcomes(sender).catch(this.#deps.onUnexpected);
    }
  }

  forget(id: ContactId): void {
    this.setLink(id, null);
    this.#senders.delete(id);
  }

  /** The contact reports that its user has not accepted us; until it sends `ready`. */
  waiting(id: ContactId): void {
    this.#waiting.add(id);
    this.#onDeferred(id, null);
  }

  /** Shows that a contact is online but defers messages, or that it accepts them again. */
  readonly #onDeferred = (id: ContactId, deferred: 'storage' | 'waiting' | null): void => {
    const { book } = this.#deps;
    const conversation = book.find(id);
    if (conversation?.link.phase !== 'online') return;
    const { phase, transport, problem: shown } = conversation.link;
    const why = deferred ?? (this.#waiting.has(id) ? 'waiting' : null);
    const code = why === null ? null : why === 'waiting' ? 'not-answered' : 'cannot-take';
    if (code === (shown?.code ?? null)) return;
    const { name } = conversation.contact;
    book.conversations.setLink(id, {
      phase,
      transport,
      ...(code && { problem: problem(code, { name }) }),
    });
  };

  #start(id: ContactId, sender: Sender): void {
    sender.again = true;
    if (!sender.running) void this.#run(id, sender);
  }

  #sender(id: ContactId): Sender {
    const known = this.#senders.get(id);
    if (known) return known;
    const added: Sender = { live: null, running: false, again: false, unwritten: [], window: null };
    this.#senders.set(id, added);
    return added;
  }

  /** Nothing is sent to a contact that the user has not accepted. */
  #maySend(id: ContactId): boolean {
    return this.#deps.book.find(id)?.contact.policy === 'accepted';
  }

  async #run(id: ContactId, sender: Sender): Promise<void> {
    sender.running = true;
    try {
      while (sender.again) {
        sender.again = false;
        await this.#writeOutcomes(sender);
        while (sender.live && !isDead(sender.live) && this.#maySend(id)) {
          if (!(await this.#sendSome(id, sender, sender.live))) break;
        }
      }
    } catch (error) {
      // A write that failed (a full disk, say) leaves the message pending.
      this.#deps.onUnexpected(error);
      if (this.#senders.get(id) !== sender) return;
      this.#deps.world.after(STORE_RETRY, () => {
        if (this.#senders.get(id) === sender) this.flush(id);
      });
    } finally {
      sender.running = false;
    }
  }

  /** Runs a delivery window, or sends one message to an open-contract peer. Returns whether to go on. */
  async #sendSome(id: ContactId, sender: Sender, live: LiveLink): Promise<boolean> {
    if (live.transport === 'parley') {
      const onDeferred = this.#onDeferred;
      sender.window = new DeliveryWindow({ ...this.#deps, onDeferred }, id, live, sender.unwritten);
      await sender.window.run();
      return false;
    }
    const [first] = await this.#deps.store.pending(id, 1);
    return first && this.#deps.book.find(id) ? this.#chat(sender, live, first) : false;
  }

  /** Until it is written, a sent message looks like an unsent one. */
  async #writeOutcomes({ unwritten }: Sender): Promise<void> {
    for (let next = unwritten[0]; next; next = unwritten[0]) {
      await this.#deps.messages.settle(next.sent, next.changes);
      // Unless a concurrent call has written it meanwhile.
      if (unwritten[0] === next) unwritten.shift();
    }
  }

  async #chat(
    sender: Sender,
    live: Exclude<LiveLink, { transport: 'parley' }>,
    message: Message,
  ): Promise<boolean> {
    const { messages, world } = this.#deps;
    // Stored before it is sent: after a crash it must not count as unsent.
    const attempted = await messages.setDelivery([deliveryChange(message, 'attempted')]);
    if (attempted.length === 0) {
      // It was deleted, or was sent before with unknown outcome.
      await messages.setDelivery([deliveryChange(message, 'answer-lost')]);
      return true;
    }
    const left = await chatOutcome(openCalls(live, world), message);
    sender.unwritten.push({ sent: [message], changes: [left] });
    await this.#writeOutcomes(sender);
    if (left.event !== 'not-sent') return true;
    if (live.transport === 'batch') this.#deps.onUnreachable(message.contactId);
    return false;
  }
}

/** Sends one message to an open-contract peer; resolves with its outcome. */
async function chatOutcome(calls: OpenCalls, message: Message): Promise<DeliveryChange> {
  try {
    await calls.chat(message.body);
    return deliveryChange(message, 'acknowledged');
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const events = {
      'not-sent': 'not-sent',
      unanswered: 'answer-lost',
      rejected: 'rejected',
    } as const;
    return deliveryChange(message, events[error.outcome], error.why);
  }
}
