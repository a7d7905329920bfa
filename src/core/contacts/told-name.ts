import { parseAddress, placeName } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact } from '../../shared/model/model.ts';
import { displayName } from '../../shared/model/text.ts';
import type { ContactBook } from './contact-book.ts';

/**
 * What somebody calls itself, safe to show; empty when that is no name. One that reads like an address
 * is none: so a contact is called that nobody has named yet, and who may still be anybody.
 */
export function ownWord(told: string, limits: Limits): string {
  const name = displayName(told, limits);
  const place = parseAddress(name);
  return place.ok && placeName(place.address) === name ? '' : name;
}

/**
 * The name that a contact has from now on, after it has told one. A contact that the user has accepted
 * under one name does not come to look like another contact by itself: it keeps the name it had.
 */
export function toldName(
  book: ContactBook,
  limits: Limits,
  contact: Contact,
  told: string,
): string {
  const name = ownWord(told, limits) || contact.name;
  const isNamed = !contact.addresses.includes(contact.name);
  if (name === contact.name || !isNamed || contact.policy !== 'accepted') return name;
  const looksLike = (as: string) =>
    book.lookalikes({ ...contact, name: as, addresses: [] }).map((it) => it.contact.id);
  const known = new Set(looksLike(contact.name));
  return looksLike(name).every((id) => known.has(id)) ? name : contact.name;
}
