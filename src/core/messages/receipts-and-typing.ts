import type { ContactId, MessageId, Settings } from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { RemoteLink } from '../protocol/contract.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import type { Store } from '../storage/store.ts';
import { deliveryChange } from './delivery-change.ts';
import type { Messages } from './messages.ts';

/** How long "is typing" is shown after the last signal, milliseconds. */
const TYPING_SHOWN = 6_000;
/** Interval of the typing signal, milliseconds. */
const TYPING_EVERY = 3_000;
/** Messages marked as read in one write. */
const BATCH = 100;

interface Deps {
  readonly world: World;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly store: Store;
  readonly events: EventLog;
  readonly settings: () => Pick<Settings, 'receipts' | 'typing'>;
  readonly onUnexpected: (error: unknown) => void;
}

/** A receipt that is applied in its turn. */
interface Receipt {
  upTo: MessageId;
  applied: Promise<void>;
}

/**
 * Ephemeral signals between contacts: read receipts and typing. Best effort, and off when the user
 * says so: nothing is stored for them and nothing waits for them.
 */
export class Signals {
  readonly #deps: Deps;
  readonly #links = new Map<ContactId, RemoteLink>();
  readonly #typingSent = new Map<ContactId, number>();
  readonly #turns = new KeyedMutex<ContactId>();
  /** Per contact, the receipt that has not had its turn yet. */
  readonly #waiting = new Map<ContactId, Receipt>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Sets the current link to this contact; null for none. */
  setLink(id: ContactId, live: LiveLink | null): void {
    if (live?.transport !== 'parley') {
      this.#links.delete(id);
      return;
    }
    this.#links.set(id, live.link);
    void this.sendRead(id).catch(this.#deps.onUnexpected);
  }

  /** Sends `ready` to a contact that was deferred as a stranger. */
  async sendReady(id: ContactId): Promise<void> {
    const link = this.#links.get(id);
    if (link) await quietly(link.ready());
  }

  /** Sends a contact a receipt for what our user has read. */
  async sendRead(id: ContactId): Promise<void> {
    const link = this.#links.get(id);
    if (!link || !this.#isAccepted(id) || !this.#deps.settings().receipts) return;
    const read = await this.#deps.store.lastRead(id);
    if (read) await quietly(link.read(read));
  }

  /** Sends a contact the typing signal. */
  async sendTyping(id: ContactId): Promise<void> {
    const { world, settings } = this.#deps;
    const link = this.#links.get(id);
    const sentAt = this.#typingSent.get(id) ?? Number.NEGATIVE_INFINITY;
    if (!link || !this.#isAccepted(id) || !settings().typing) return;
    if (world.uptime() - sentAt < TYPING_EVERY) return;
    this.#typingSent.set(id, world.uptime());
    await quietly(link.typing());
  }

  /**
   * A contact has read our messages up to this one. Receipts of one contact are applied one at a
   * time, and of those that wait only the latest: each covers the ones before it.
   */
  read(id: ContactId, upTo: MessageId): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      waiting.upTo = upTo;
      return waiting.applied;
    }
    const receipt: Receipt = { upTo, applied: Promise.resolve() };
    this.#waiting.set(id, receipt);
    receipt.applied = this.#turns.runExclusive(id, () => {
      this.#waiting.delete(id);
      return this.#apply(id, receipt.upTo);
    });
    return receipt.applied;
  }

  /** Oldest first, so that the next receipt goes on where a failed write has ended this one. */
  async #apply(contactId: ContactId, upTo: MessageId): Promise<void> {
    const { book, messages, store } = this.#deps;
    // Messages sent to an earlier key were not read by this one.
    const after = book.find(contactId)?.contact.earlierKeyUpTo ?? null;
    let covered: readonly MessageId[];
    do {
      covered = await store.coveredByReceipt(contactId, upTo, after, BATCH);
      if (covered.length === 0) return;
      await messages.setDelivery(covered.map((id) => deliveryChange({ contactId, id }, 'read')));
    } while (covered.length === BATCH);
  }

  /** A contact is typing. */
  typing(id: ContactId): void {
    const { world, events } = this.#deps;
    if (!this.#isAccepted(id)) return;
    events.publish({ type: 'typing', contactId: id, until: world.now() + TYPING_SHOWN });
  }

  /** Strangers get no signals. */
  #isAccepted(id: ContactId): boolean {
    return this.#deps.book.find(id)?.contact.policy === 'accepted';
  }
}

/** A signal that fails is not reported. */
async function quietly(call: PromiseLike<unknown>): Promise<void> {
  try {
    await call;
  } catch {
    // The link is closed, or the other side is older than this signal.
  }
}
