import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Contact, ContactId, Identity } from '../../shared/model/model.ts';
import type { ContactBook } from './contact-book.ts';

interface Deps {
  readonly book: Pick<ContactBook, 'all' | 'byIdentity'>;
  /** See `FairScheduler.setOwnFlow`. */
  readonly setOwnFlow: (identity: Identity, has: boolean) => void;
}

/**
 * Gives each contact that the user chose its own scheduling flow, as soon as it is chosen. A caller
 * that was accepted automatically shares the flow of its address: identities are free to create in
 * any number, and neither age, nor a message, nor a dialable address costs more; a person's choice
 * does.
 */
export class OwnFlows {
  readonly #deps: Deps;
  readonly #chosen = new Map<ContactId, Identity>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#readAll();
  }

  follow(batch: EventBatch): void {
    if (batch.type === 'gap') {
      this.#readAll();
      return;
    }
    for (const { event } of batch.events) {
      if (event.type === 'conversation-changed') {
        const { contact } = event.conversation;
        this.#note(contact.id, chosenIdentity(contact));
      } else if (event.type === 'conversation-removed') {
        this.#note(event.contactId, null);
      }
    }
  }

  #readAll(): void {
    const there = new Map(this.#deps.book.all().map(({ contact }) => [contact.id, contact]));
    for (const id of this.#chosen.keys()) if (!there.has(id)) this.#note(id, null);
    for (const [id, contact] of there) this.#note(id, chosenIdentity(contact));
  }

  #note(id: ContactId, identity: Identity | null): void {
    const before = this.#chosen.get(id) ?? null;
    if (before === identity) return;
    if (identity === null) this.#chosen.delete(id);
    else this.#chosen.set(id, identity);
    // An identity may have moved to another contact.
    for (const it of [before, identity]) if (it !== null) this.#decide(it);
  }

  #decide(identity: Identity): void {
    const contact = this.#deps.book.byIdentity(identity);
    this.#deps.setOwnFlow(identity, contact !== null && chosenIdentity(contact) !== null);
  }
}

function chosenIdentity({ identity, policy, chosen }: Contact): Identity | null {
  return policy === 'accepted' && chosen ? identity : null;
}
