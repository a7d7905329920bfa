import { uuidv7 } from '../../shared/model/ids.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Message, MessageId } from '../../shared/model/model.ts';
import { messageProblem, utf8Length } from '../../shared/model/text.ts';
import { ProblemError, problem, raise } from '../../shared/problems/problem.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Reservation, StrangerQuota } from '../contacts/stranger-quota.ts';
import type { Delivered, Envelope } from '../protocol/contract.ts';
import { deferAll } from '../protocol/in-order-receiver.ts';
import type { NewMessage, Store } from '../storage/store.ts';
import { isStorageProblem } from '../storage/watched-store.ts';
import type { Messages } from './messages.ts';
import { WriteQueue } from './write-queue.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly quota: StrangerQuota;
  readonly ownName: () => string;
}

/** Bytes of bodies in one write: the size of a Parley sender's batch. */
const SLICE_BYTES = 64 * 1024;

/** Receives messages: validates, stores, and only then answers. */
export class Inbox {
  readonly #deps: Deps;
  readonly #mutex = new KeyedMutex<ContactId>();
  readonly #writes = new WriteQueue();
  /** Contacts whose messages were deferred: over their quota, or our disk refused the write. */
  readonly #deferred = new Set<ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  receivedCount(): Promise<number> {
    return this.#deps.store.receivedCount();
  }

  /** One `chat` of the open contract; it has no id, so every call is a new message. */
  async chat(contact: Contact, body: string): Promise<number> {
    const { world, messages, store } = this.#deps;
    if (this.#isBlocked(contact.id)) raise('over-limit', { what: 'not accepted yet' });
    this.#admit(contact.id);
    return this.#inTurn(contact.id, async () => {
      const reservation = await this.#deps.quota.reserve(contact.id, [body]);
      if (!reservation) raise('over-limit', { what: 'not accepted yet' });
      this.#admit(contact.id);
      const now = world.now();
      const id = uuidv7(now, world.randomBytes);
      let received = 0;
      await this.#store(reservation, contact.id, [{ id, body, sentAt: now }], async (incoming) => {
        // Enqueued together, so that no two messages get the same number.
        const counting = [messages.add(incoming), store.receivedCount()] as const;
        const [added, count] = await Promise.all(counting);
        received = count;
        return added;
      });
      return received;
    }).catch(this.#hideDisk);
  }

  /**
   * A batch of the Parley contract. Accepted messages are stored when this resolves. While our disk
   * refuses writes, the batch is deferred: the sender keeps the messages until it receives `ready`
   * (see `takeDeferred`).
   */
  async deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    if (this.#isBlocked(contactId)) return deferAll(envelopes);
    this.#admit(contactId);
    try {
      return await this.#inTurn(contactId, () => this.#deliver(contactId, envelopes));
    } catch (error) {
      if (!isStorageProblem(error)) throw error;
      this.#deferred.add(contactId);
      return { ...deferAll(envelopes), why: 'storage' };
    }
  }

  /** Hides storage errors: the caller only learns that we cannot accept messages now. */
  readonly #hideDisk = (error: unknown): never => {
    if (!isStorageProblem(error)) throw error;
    const { ownName } = this.#deps;
    throw new ProblemError(problem('cannot-take', { name: ownName() }), { cause: error });
  };

  async #deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    const reservation = await this.#deps.quota.reserve(
      contactId,
      envelopes.map(({ body }) => body),
    );
    if (!reservation) {
      this.#deferred.add(contactId);
      return deferAll(envelopes);
    }
    // The contact may have been removed meanwhile; its messages would be lost.
    this.#admit(contactId);
    const refused: { id: string; reason: string }[] = [];
    const accepted: Envelope[] = [];
    for (const envelope of envelopes) {
      const refusal = messageProblem(envelope.body, this.#deps.limits);
      if (refusal) refused.push({ id: envelope.id, reason: refusal.cause });
      else accepted.push(envelope);
    }
    const stored = await this.#store(reservation, contactId, accepted);
    const clashing = await this.#clashing(contactId, accepted, stored);
    for (const id of clashing) refused.push({ id, reason: ID_OF_ANOTHER });
    return {
      accepted: accepted.map(({ id }) => id).filter((id) => !clashing.has(id)),
      refused,
    };
  }

  /**
   * Of messages that are not new, those whose id belongs to one of our own messages in the same
   * conversation: a reply to that id would be ambiguous.
   */
  async #clashing(
    id: ContactId,
    accepted: readonly Envelope[],
    stored: readonly Message[],
  ): Promise<ReadonlySet<MessageId>> {
    if (stored.length === accepted.length) return NONE;
    const fresh = new Set(stored.map((message) => message.id));
    const known = accepted.map((envelope) => envelope.id).filter((it) => !fresh.has(it));
    return this.#deps.store.idsOfOurs(id, known);
  }

  /** Returns and clears the deferred contacts, which are to receive `ready`. */
  takeDeferred(): readonly ContactId[] {
    const ids = [...this.#deferred];
    this.#deferred.clear();
    return ids;
  }

  /** Serializes the calls of a stranger: concurrent ones would all pass the quota check. */
  #inTurn<T>(id: ContactId, task: () => Promise<T>): Promise<T> {
    const isStranger = this.#deps.book.find(id)?.contact.policy === 'request';
    return isStranger ? this.#mutex.runExclusive(id, task) : task();
  }

  /**
   * Resolves with the messages that were new.
   *
   * @param add stores one slice
   */
  async #store(
    reservation: Reservation,
    id: ContactId,
    envelopes: readonly Envelope[],
    add: Messages['add'] = (messages) => this.#deps.messages.add(messages),
  ): Promise<readonly Message[]> {
    const stored: Message[] = [];
    try {
      for (const { envelopes: slice, bytes } of slices(envelopes)) {
        const write = () => add(slice.map((envelope) => incoming(id, envelope)));
        stored.push(...(await this.#writes.run(id, bytes, write)));
      }
    } finally {
      reservation.stored(stored);
    }
    return stored;
  }

  /** A blocked contact gets the answers of a stranger over its quota. */
  #isBlocked(id: ContactId): boolean {
    return this.#deps.book.find(id)?.contact.policy === 'blocked';
  }

  #admit(id: ContactId): void {
    const conversation = this.#deps.book.find(id);
    if (conversation && conversation.contact.policy !== 'blocked') return;
    throw new ProblemError(problem('call-failed', { reason: 'not available.' }));
  }
}

const NONE: ReadonlySet<MessageId> = new Set();

/** The reason for refusing a message whose id is taken. */
const ID_OF_ANOTHER = 'The id of the message belongs to another one.';

/**
 * In order, slices of at most `SLICE_BYTES`, or of one message: other contacts' writes wait for at most
 * one slice. If a later slice fails, the sender sends the whole batch again, and stored messages are
 * recognized as duplicates.
 */
function slices(envelopes: readonly Envelope[]): readonly Slice[] {
  const runs: { envelopes: Envelope[]; bytes: number }[] = [];
  for (const envelope of envelopes) {
    const size = utf8Length(envelope.body);
    const run = runs.at(-1);
    if (run === undefined || run.bytes + size > SLICE_BYTES) {
      runs.push({ envelopes: [envelope], bytes: size });
    } else {
      run.envelopes.push(envelope);
      run.bytes += size;
    }
  }
  return runs;
}

interface Slice {
  readonly envelopes: readonly Envelope[];
  /** Of their bodies. */
  readonly bytes: number;
}

function incoming(contactId: ContactId, envelope: Envelope): NewMessage {
  const { id, body, sentAt, replyTo = null } = envelope;
  return { id, contactId, author: 'them', body, sentAt, state: 'received', problem: null, replyTo };
}
