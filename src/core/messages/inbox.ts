import { uuidv7 } from '../../shared/model/ids.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Message, MessageId } from '../../shared/model/model.ts';
import { messageProblem, utf8Length } from '../../shared/model/text.ts';
import { ProblemError, problem, raise } from '../../shared/problems/problem.ts';
import { Turns } from '../base/keyed-mutex.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { Kept, StrangerRoom } from '../contacts/stranger-quota.ts';
import type { Delivered, Envelope } from '../protocol/contract.ts';
import { deferAll } from '../protocol/in-order-receiver.ts';
import type { NewMessage, Store } from '../storage/store.ts';
import { isStorageProblem } from '../storage/watched-store.ts';
import type { Messages } from './messages.ts';
import { WriteTurns } from './write-queue.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly room: StrangerRoom;
  readonly ownName: () => string;
}

/** Bytes of bodies that are written at once: what a sender of ours puts into one batch. */
const SLICE_BYTES = 64 * 1024;

/** Takes messages from others: checks, stores, and only then answers. */
export class Inbox {
  readonly #deps: Deps;
  readonly #turns = new Turns<ContactId>();
  readonly #writes = new WriteTurns();
  /** Whom we told to wait: they had no room here, or our disk refused what they sent. */
  readonly #putOff = new Set<ContactId>();

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
      const kept = await this.#deps.room.keep(contact.id, [body]);
      if (!kept) raise('over-limit', { what: 'not accepted yet' });
      this.#admit(contact.id);
      const now = world.now();
      const id = uuidv7(now, world.randomBytes);
      let received = 0;
      await this.#store(kept, contact.id, [{ id, body, sentAt: now }], async (incoming) => {
        // Counted right behind it and before anything else: so no two messages get the same number.
        const counting = [messages.add(incoming), store.receivedCount()] as const;
        const [added, count] = await Promise.all(counting);
        received = count;
        return added;
      });
      return received;
    }).catch(this.#hideDisk);
  }

  /**
   * A batch of the Parley contract. What is accepted is stored when this resolves. While our disk
   * refuses, the sender is told to wait: it keeps the messages, and `takePutOff` says when to go on.
   */
  async deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    if (this.#isBlocked(contactId)) return deferAll(envelopes);
    this.#admit(contactId);
    try {
      return await this.#inTurn(contactId, () => this.#deliver(contactId, envelopes));
    } catch (error) {
      if (!isStorageProblem(error)) throw error;
      this.#putOff.add(contactId);
      return { ...deferAll(envelopes), why: 'storage' };
    }
  }

  /** What is wrong with our disk is ours to know: others learn that they have to wait. */
  readonly #hideDisk = (error: unknown): never => {
    if (!isStorageProblem(error)) throw error;
    const { ownName } = this.#deps;
    throw new ProblemError(problem('cannot-take', { name: ownName() }), { cause: error });
  };

  async #deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    const kept = await this.#deps.room.keep(
      contactId,
      envelopes.map(({ body }) => body),
    );
    if (!kept) {
      this.#putOff.add(contactId);
      return deferAll(envelopes);
    }
    // It may have been forgotten meanwhile, and what is stored for nobody is lost.
    this.#admit(contactId);
    const refused: { id: string; reason: string }[] = [];
    const accepted: Envelope[] = [];
    for (const envelope of envelopes) {
      const refusal = messageProblem(envelope.body, this.#deps.limits);
      if (refusal) refused.push({ id: envelope.id, reason: refusal.cause });
      else accepted.push(envelope);
    }
    const stored = await this.#store(kept, contactId, accepted);
    const clashing = await this.#clashing(contactId, accepted, stored);
    for (const id of clashing) refused.push({ id, reason: ID_OF_ANOTHER });
    return {
      accepted: accepted.map(({ id }) => id).filter((id) => !clashing.has(id)),
      refused,
    };
  }

  /**
   * Of messages that are not new, those that are none of theirs that we have: their id is that of one
   * of ours in the same conversation, so that an answer to it would mean both.
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

  /** Everyone whom we told to wait since this was last asked, to be told that we may take again. */
  takePutOff(): readonly ContactId[] {
    const ids = [...this.#putOff];
    this.#putOff.clear();
    return ids;
  }

  /** A stranger's messages are stored one call after the other: calls at once would all find room. */
  #inTurn<T>(id: ContactId, task: () => Promise<T>): Promise<T> {
    const isStranger = this.#deps.book.find(id)?.contact.policy === 'request';
    return isStranger ? this.#turns.take(id, task) : task();
  }

  /**
   * Resolves with what was new.
   *
   * @param add stores messages that are written at once
   */
  async #store(
    kept: Kept,
    id: ContactId,
    envelopes: readonly Envelope[],
    add: Messages['add'] = (messages) => this.#deps.messages.add(messages),
  ): Promise<readonly Message[]> {
    const stored: Message[] = [];
    try {
      for (const { envelopes: slice, bytes } of slices(envelopes)) {
        const write = () => add(slice.map((envelope) => incoming(id, envelope)));
        stored.push(...(await this.#writes.take(id, bytes, write)));
      }
    } finally {
      kept.stored(stored);
    }
    return stored;
  }

  /** Somebody blocked is answered as a stranger is whose room is full. */
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

/** Why a message is refused whose id is not its own. */
const ID_OF_ANOTHER = 'The id of the message belongs to another one.';

/**
 * In order, runs of at most so many bytes, or of one: what others have to be written meanwhile stands
 * behind one run. Should a later one fail, the sender sends all of them again, and those that are
 * stored are recognised.
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
