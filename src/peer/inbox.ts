import { uuidv7 } from '../shared/ids.ts';
import type { Limits } from '../shared/limits.ts';
import type { Contact, ContactId } from '../shared/model.ts';
import { ProblemError, problem } from '../shared/problem.ts';
import { messageProblem } from '../shared/text.ts';
import type { ContactBook } from './contact-book.ts';
import type { Delivered, Envelope } from './contract.ts';
import type { Messages } from './messages.ts';
import type { NewMessage, Store } from './store.ts';
import type { World } from './world.ts';

interface Deps {
  readonly world: World;
  readonly limits: Limits;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
}

/** Takes messages from others: checks, stores, and only then answers. */
export class Inbox {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  receivedCount(): Promise<number> {
    return this.#deps.store.receivedCount();
  }

  /** One `chat` of the open contract; it has no id, so every call is a new message. */
  async chat(contact: Contact, body: string): Promise<number> {
    const { world, messages, store } = this.#deps;
    this.#admit(contact.id);
    const now = world.now();
    const id = uuidv7(now, world.randomBytes);
    await messages.add([incoming(contact.id, { id, body, sentAt: now })]);
    return store.receivedCount();
  }

  /** A batch of the Parley contract. What is accepted is stored when this resolves. */
  async deliver(contactId: ContactId, envelopes: readonly Envelope[]): Promise<Delivered> {
    this.#admit(contactId);
    const refused: { id: string; reason: string }[] = [];
    const accepted: Envelope[] = [];
    for (const envelope of envelopes) {
      const refusal = messageProblem(envelope.body, this.#deps.limits);
      if (refusal) refused.push({ id: envelope.id, reason: refusal.cause });
      else accepted.push(envelope);
    }
    await this.#deps.messages.add(accepted.map((envelope) => incoming(contactId, envelope)));
    return { accepted: accepted.map(({ id }) => id), refused };
  }

  #admit(id: ContactId): void {
    const conversation = this.#deps.book.find(id);
    if (conversation && conversation.contact.policy !== 'blocked') return;
    throw new ProblemError(problem('call-failed', { reason: 'not available.' }));
  }
}

function incoming(contactId: ContactId, envelope: Envelope): NewMessage {
  return { ...envelope, contactId, author: 'them', state: 'received', problem: null };
}
