import { parseAddress, placeName } from '../address/address.ts';
import { lookOf } from './look.ts';
import type { Contact } from './model.ts';

export type Person = Pick<Contact, 'id' | 'identity' | 'name' | 'addresses'>;

/** A contact that another one resembles. */
export interface Lookalike {
  readonly contact: Contact;
  /** What the two have in common. */
  readonly shares: 'name' | 'address' | 'both';
}

/**
 * The contacts that this one resembles: accepted contacts with another key, whose name has the same
 * skeleton or that have answered us at one of its addresses. Those that share both come first.
 *
 * @param look see `lookOf`
 */
export function lookalikesOf(
  person: Person,
  contacts: readonly Contact[],
  look: (person: Person) => string = keptLook,
): readonly Lookalike[] {
  if (person.identity === null) return [];
  const own = look(person);
  const found = contacts.flatMap((contact): Lookalike[] => {
    const { id, identity, policy } = contact;
    if (id === person.id || policy !== 'accepted') return [];
    if (identity === null || identity === person.identity) return [];
    const name = look(contact) === own;
    // An address that a contact merely claims is no reason to doubt others, unless they have its
    // name too.
    const reached = contact.reached.map((it) => it.address);
    const address =
      share(reached, person.addresses) || (name && share(contact.addresses, person.addresses));
    if (!name && !address) return [];
    return [{ contact, shares: name && address ? 'both' : name ? 'name' : 'address' }];
  });
  const rank = { both: 0, name: 1, address: 2 } as const;
  return found.toSorted((a, b) => rank[a.shares] - rank[b.shares]);
}

/** A contact that changes becomes another object, so the look of its name is kept with the object. */
const kept = new WeakMap<Person, string>();

function keptLook(person: Person): string {
  const look = kept.get(person) ?? lookOf(person.name);
  kept.set(person, look);
  return look;
}

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => isSame(one, other)));
}

function isSame(one: string, other: string): boolean {
  return one === other || placeOf(one) === placeOf(other);
}

/** Host and port of an address: the scheme says how to speak, not to whom. */
export function placeOf(text: string): string {
  const parsed = parseAddress(text);
  return parsed.ok ? placeName(parsed.address) : text;
}
