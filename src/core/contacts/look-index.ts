import { lookOf } from '../../shared/model/look.ts';
import {
  type Lookalike,
  lookalikesOf,
  type Person,
  placeOf,
} from '../../shared/model/lookalikes.ts';
import type { Contact, ContactId } from '../../shared/model/model.ts';

interface Entry {
  readonly contact: Contact;
  readonly look: string;
  /** Where the contact has answered us. */
  readonly places: readonly string[];
}

/**
 * Index of the contacts by the look of their names and by the places where they have answered. Each
 * caller is compared with the contacts, and a name costs far more to take apart than to compare: so
 * the look of each is kept, and a caller costs the same however many contacts there are.
 */
export class LookIndex {
  readonly #entries = new Map<ContactId, Entry>();
  readonly #byLook = new Map<string, Set<ContactId>>();
  readonly #byPlace = new Map<string, Set<ContactId>>();

  /** Adds a contact, or takes over its changes. */
  put(contact: Contact): void {
    const before = this.#entries.get(contact.id);
    if (before?.contact === contact) return;
    const entry: Entry = {
      contact,
      look: this.#lookOf(contact),
      places:
        before?.contact.reached === contact.reached
          ? before.places
          : contact.reached.map(({ address }) => placeOf(address)),
    };
    this.delete(contact.id);
    this.#entries.set(contact.id, entry);
    enter(this.#byLook, entry.look, contact.id);
    for (const place of entry.places) enter(this.#byPlace, place, contact.id);
  }

  delete(id: ContactId): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    leave(this.#byLook, entry.look, id);
    for (const place of entry.places) leave(this.#byPlace, place, id);
  }

  /** The contacts that this one resembles, see `lookalikesOf`. */
  lookalikes(person: Person): readonly Lookalike[] {
    const look = this.#lookOf(person);
    const ids = new Set(this.#byLook.get(look));
    for (const address of person.addresses) {
      for (const id of this.#byPlace.get(placeOf(address)) ?? []) ids.add(id);
    }
    const contacts = [...ids].flatMap((id) => this.#entries.get(id)?.contact ?? []);
    return lookalikesOf(person, contacts, (it) => (it === person ? look : this.#lookOf(it)));
  }

  #lookOf({ id, name }: Person): string {
    const known = this.#entries.get(id);
    return known?.contact.name === name ? known.look : lookOf(name);
  }
}

function enter(index: Map<string, Set<ContactId>>, key: string, id: ContactId): void {
  const there = index.get(key);
  if (there) there.add(id);
  else index.set(key, new Set([id]));
}

function leave(index: Map<string, Set<ContactId>>, key: string, id: ContactId): void {
  const there = index.get(key);
  there?.delete(id);
  if (there?.size === 0) index.delete(key);
}
