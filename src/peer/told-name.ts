import type { Limits } from '../shared/limits.ts';
import type { Contact } from '../shared/model.ts';
import { displayName } from '../shared/text.ts';
import type { ContactBook } from './contact-book.ts';

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
  const name = displayName(told, limits) || contact.name;
  const isNamed = !contact.addresses.includes(contact.name);
  if (name === contact.name || !isNamed || contact.policy !== 'accepted') return name;
  const borrowed = book.lookalikes({ ...contact, name, addresses: [] }).length > 0;
  const alreadySo = book.lookalikes({ ...contact, addresses: [] }).length > 0;
  return borrowed && !alreadySo ? contact.name : name;
}
