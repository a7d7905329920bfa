import { uuidv7 } from '../shared/ids.ts';
import type { Limits } from '../shared/limits.ts';
import type { Contact, ContactId, Message } from '../shared/model.ts';
import { ProblemError, problem, raise } from '../shared/problem.ts';
import { messageProblem } from '../shared/text.ts';
import type { ContactBook } from './contact-book.ts';
import type { Delivered, Envelope } from './contract.ts';
import type { Messages } from './messages.ts';
import type { NewMessage, Store } from './store.ts';
import type { Kept, StrangerRoom } from './stranger-room.ts';
import { Turns } from './turns.ts';
import type { World } from './world.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  readonly room: StrangerRoom;
}

/** Takes messages from others: checks, stores, and only then answers. */
export class Inbox {
  readonly #deps: Deps;
  readonly #turns = new Turns<ContactId>();
  /** Whom we told to wait because they had no room here. */
  readonly #putOff = new Set<ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  receivedCount(): Promise<number> {
    return this.#deps.store.receivedCount();
  }

  /** One `chat` of the open contract; it has no id, so every call is a new message. */
  async chat(contact: Contact, body: string): Promise<number> {
    const { world, store } = this.#deps;
    this.#admit(contact.id);
    return this.#inTurn(contact.id, async () => {
      const kept = await this.#deps.room.keep(contact.id, [body]);
      if (!kept) raise('over-limit', { what: 'not accepted yet' });
      this.#admit(contact.id);
      const now = world.now();
      const id = uuidv7(now, world.randomBytes);
      const added = this.#store(kept, [incoming(contact.id, { id, body, sentAt: now })]);
      // Asked behind it and before anything else: so no two messages get the same number.
      const [count] = await Promise.all([store.receivedCount(), added]);
      return count;
    });
  }

  /** A batch of the Parley contract. What is accepted is stored when this resolves. */
  async deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    this.#admit(contactId);
    return this.#inTurn(contactId, () => this.#deliver(contactId, envelopes));
  }

  async #deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    const kept = await this.#deps.room.keep(
      contactId,
      envelopes.map(({ body }) => body),
    );
    if (!kept) {
      this.#putOff.add(contactId);
      return { accepted: [], refused: [], later: envelopes.map(({ id }) => id) };
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
    await this.#store(
      kept,
      accepted.map((envelope) => incoming(contactId, envelope)),
    );
    return { accepted: accepted.map(({ id }) => id), refused };
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

  async #store(kept: Kept, messages: readonly NewMessage[]): Promise<void> {
    let added: readonly Message[] = [];
    try {
      added = await this.#deps.messages.add(messages);
    } finally {
      kept.stored(added);
    }
  }

  #admit(id: ContactId): void {
    const conversation = this.#deps.book.find(id);
    if (conversation && conversation.contact.policy !== 'blocked') return;
    throw new ProblemError(problem('call-failed', { reason: 'not available.' }));
  }
}

function incoming(contactId: ContactId, envelope: Envelope): NewMessage {
  const { id, body, sentAt, replyTo = null } = envelope;
  return { id, contactId, author: 'them', body, sentAt, state: 'received', problem: null, replyTo };
}
