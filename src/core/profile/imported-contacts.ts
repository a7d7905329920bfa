import type { Contact, ContactId, Identity, Policy } from '../../shared/model/model.ts';
import type { StoreRecord } from '../storage/record.ts';
import type { Store } from '../storage/store.ts';

/** A user's decision about a contact that called. */
export type Decision = Exclude<Policy, 'request'>;

/**
 * What to do with a record of a file.
 * - `store`: to be stored, with the contact's id here. `meant` is the name of the contact in the
 *   file where the existing contact has another key; null otherwise
 * - `known`: a contact that exists here under another id
 * - `own`: ourselves, or a message of a conversation with ourselves
 * - `unknown`: its contact does not come before it
 * - `ambiguous`: a contact with the id of another one in the same file
 */
export type Place =
  | { readonly type: 'store'; readonly record: StoreRecord; readonly meant: string | null }
  | { readonly type: 'known' | 'own' | 'unknown' | 'ambiguous' };

/** A contact of the file. */
interface Mapped {
  /** Its id here; null for ourselves. */
  readonly here: ContactId | null;
  readonly identity: Identity | null;
  readonly meant: string | null;
}

/** Maps the contacts of a file to those of the store. */
export class ImportedContacts {
  readonly #own: Identity | null;
  readonly #byIdentity: Map<Identity, ContactId>;
  /** The keys of the existing contacts, null where one is only an address. */
  readonly #keys: Map<ContactId, Identity | null>;
  /** The contacts in the file so far, by its ids. */
  readonly #mapped = new Map<ContactId, Mapped>();
  /** Requests of this profile, by their keys. */
  readonly #undecided: Map<Identity, ContactId>;

  private constructor(contacts: readonly Contact[], own: Identity | null) {
    this.#own = own;
    const keyed = contacts.flatMap(({ identity, id, policy }) =>
      identity === null ? [] : [{ identity, id, policy }],
    );
    this.#byIdentity = new Map(keyed.map(({ identity, id }) => [identity, id]));
    this.#keys = new Map(contacts.map(({ id, identity }) => [id, identity]));
    this.#undecided = new Map(
      keyed.filter((it) => it.policy === 'request').map(({ identity, id }) => [identity, id]),
    );
  }

  /** @param own our own key; null when there is none */
  static async of(store: Store, own: Identity | null): Promise<ImportedContacts> {
    const contacts = (await store.conversations()).map((it) => it.contact);
    return new ImportedContacts(contacts, own);
  }

  /** The existing request that the file has a decision about, once; null when there is none. */
  decide({ identity, policy, chosen }: Contact): { id: ContactId; policy: Decision } | null {
    if (identity === null || policy === 'request') return null;
    if (policy === 'accepted' && !chosen) return null;
    const id = this.#undecided.get(identity);
    this.#undecided.delete(identity);
    return id === undefined ? null : { id, policy };
  }

  /** Where a record of the file belongs; call in the order of the file. */
  placeOf(record: StoreRecord): Place {
    switch (record.type) {
      case 'contact':
        return this.#placeContact(record.contact);
      case 'message': {
        const { message } = record;
        return this.#inConversation(message.contactId, (contactId) => ({
          ...record,
          message: { ...message, contactId },
        }));
      }
      case 'deleted':
        return this.#inConversation(record.contactId, (contactId) => ({ ...record, contactId }));
      default:
        return { type: 'store', record, meant: null };
    }
  }

  #placeContact(contact: Contact): Place {
    const { id, identity, name } = contact;
    const before = this.#mapped.get(id);
    // Messages name their contact by its id: two keys under one would share its pending messages.
    if (before && before.identity !== identity) return { type: 'ambiguous' };
    if (identity !== null && identity === this.#own) {
      this.#mapped.set(id, { here: null, identity, meant: null });
      return { type: 'own' };
    }
    // The key takes precedence over the id: pending messages are for the holder of that key.
    const here = (identity === null ? undefined : this.#byIdentity.get(identity)) ?? id;
    if (!this.#keys.has(here)) this.#keys.set(here, identity);
    const isOther = identity !== null && this.#keys.get(here) !== identity;
    this.#mapped.set(id, { here, identity, meant: isOther ? name : null });
    if (identity !== null && !this.#byIdentity.has(identity)) this.#byIdentity.set(identity, here);
    if (here !== id) return { type: 'known' };
    // What this profile has observed itself or received over a link: a file cannot vouch for it.
    const taken: Contact = { ...contact, reached: [], claimed: [], draft: undefined };
    return { type: 'store', record: { type: 'contact', contact: taken }, meant: null };
  }

  #inConversation(id: ContactId, moved: (here: ContactId) => StoreRecord): Place {
    const mapped = this.#mapped.get(id);
    const here = mapped ? mapped.here : this.#keys.has(id) ? id : undefined;
    if (here === undefined) return { type: 'unknown' };
    if (here === null) return { type: 'own' };
    return { type: 'store', record: moved(here), meant: mapped?.meant ?? null };
  }
}
