import { parseAddress, placeName } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact } from '../../shared/model/model.ts';
import { displayName } from '../../shared/model/text.ts';
import type { ContactBook } from './contact-book.ts';

/**
 * A name that a peer announces, safe to show; empty when it is not usable. One that reads like an
 * address is not: that is how an unnamed contact is shown, which may be any peer.
 */
export function usableName(announced: string, limits: Limits): string {
  const name = displayName(announced, limits);
  const place = parseAddress(name);
  return place.ok && placeName(place.address) === name ? '' : name;
}

/**
 * A contact's name after it has announced one. A contact that the user has accepted under one name
 * cannot become a lookalike of another contact: it keeps its name.
 */
export function nameAfterHello(
  book: ContactBook,
  limits: Limits,
  contact: Contact,
  announced: string,
): string {
  const name = usableName(announced, limits) || contact.name;
  const isNamed = !contact.addresses.includes(contact.name);
  if (name === contact.name || !isNamed || contact.policy !== 'accepted') return name;
  const looksLike = (as: string) =>
    book.lookalikes({ ...contact, name: as, addresses: [] }).map((it) => it.contact.id);
  const like = looksLike(name);
  if (like.length === 0) return name;
  const known = new Set(looksLike(contact.name));
  return like.every((id) => known.has(id)) ? name : contact.name;
}
