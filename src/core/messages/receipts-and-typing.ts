import { nextDelivery } from '../../shared/model/delivery.ts';
import type { ContactId, Message, MessageId, Settings } from '../../shared/model/model.ts';
import type { EventLog } from '../base/event-log.ts';
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
/** Messages per page when looking for the last one read. */
const PAGE = 200;

interface Deps {
  readonly world: World;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly store: Store;
  readonly events: EventLog;
  readonly settings: () => Pick<Settings, 'receipts' | 'typing'>;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Ephemeral signals between contacts: read receipts and typing. Best effort, and off when the user
 * says so: nothing is stored for them and nothing waits for them.
 */
export class Signals {
  readonly #deps: Deps;
  readonly #links = new Map<ContactId, RemoteLink>();
  readonly #typingSent = new Map<ContactId, number>();

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
    const read = await this.#lastRead(id);
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

  /** A contact has read our messages up to this one. */
  async read(id: ContactId, upTo: MessageId): Promise<void> {
    const { messages } = this.#deps;
    const last = await messages.find({ contactId: id, author: 'me', id: upTo });
    const earlier = this.#deps.book.find(id)?.contact.earlierKeyUpTo;
    if (!last) return;
    for (let before = last.seq + 1; ; ) {
      const page = await messages.page(id, before, PAGE);
      const mine = page.messages.filter(({ author }) => author === 'me');
      // Messages sent to an earlier key were not read by this one.
      const end = mine.findIndex((message) => message.id === earlier);
      const ours = mine.slice(end + 1);
      const news = ours.filter(({ state }) => canBecomeRead(state));
      await messages.setDelivery(news.map((message) => deliveryChange(message, 'read')));
      const oldest = page.messages[0];
      // Receipts for messages older than one known to be read were applied before.
      if (!page.more || !oldest || end >= 0 || news.length < ours.length) return;
      before = oldest.seq;
    }
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

  /** The newest incoming message that our user has seen. */
  async #lastRead(id: ContactId): Promise<MessageId | null> {
    const { messages } = await this.#deps.messages.page(id, null, PAGE);
    // Read after the page: a change in between can only make the receipt shorter.
    const unread = (await this.#deps.store.conversation(id))?.unread ?? 0;
    const theirs = messages.filter(({ author }) => author === 'them');
    return theirs.at(-1 - unread)?.id ?? null;
  }
}

function canBecomeRead(state: Message['state']): boolean {
  return state !== 'received' && nextDelivery(state, 'read') !== state;
}

/** A signal that fails is not reported. */
async function quietly(call: PromiseLike<unknown>): Promise<void> {
  try {
    await call;
  } catch {
    // The link is closed, or the other side is older than this signal.
  }
}
