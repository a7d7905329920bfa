import { isMeantBy } from '../../../core/contacts/contact-addresses.ts';
import {
  formatAddress,
  looksLikeAddress,
  type PeerAddress,
  parseAddress,
} from '../../../shared/address/address.ts';
import { identityCode, isIdentity } from '../../../shared/address/identity-text.ts';
import type { Contact, Conversation } from '../../../shared/model/model.ts';
import { raise } from '../../../shared/problems/problem.ts';

/** Minimum length of a prefix of an identity code. */
const SHORTEST_CODE = 4;
/** Candidates listed for an ambiguous name. */
const LISTED = 5;

/**
 * The one contact that `text` means: an id, an identity or a prefix of its code, an address at
 * which it has answered us, or a name (case does not matter). `preferred` chooses between several;
 * if it is still ambiguous it is refused, since names are chosen by their owners. Raises
 * `contact-not-found` or `contact-ambiguous`.
 */
export function findContact(
  conversations: readonly Conversation[],
  text: string,
  preferred: (contact: Contact) => boolean = () => true,
): Contact {
  return (
    findContactIfAny(conversations, text, preferred) ??
    raise('contact-not-found', { contact: text.slice(0, 60) })
  );
}

/** The same, but null when there is none. */
export function findContactIfAny(
  conversations: readonly Conversation[],
  text: string,
  preferred: (contact: Contact) => boolean = () => true,
): Contact | null {
  const contacts = conversations.map(({ contact }) => contact);
  const exact = contacts.find((contact) => isExactly(contact, text));
  if (exact) return exact;
  const matching = contacts.filter((contact) => mayBe(contact, text));
  const better = matching.filter(preferred);
  const [first, ...others] = better.length > 0 ? better : matching;
  if (first && others.length > 0) {
    const candidates = [first, ...others].slice(0, LISTED).map(describe);
    const more = others.length + 1 - candidates.length;
    raise('contact-ambiguous', {
      contact: text.slice(0, 60),
      candidates: candidates.join('; ') + (more > 0 ? `; and ${more} more` : ''),
    });
  }
  return first ?? null;
}

/**
 * The recipient that `text` means: a contact; an address, which is to be dialled before it is
 * trusted; or null for neither. A name is only its owner's claim, so one that reads like an address
 * never leads elsewhere: with a port it is the address, and otherwise it is refused as ambiguous.
 * Raises `contact-ambiguous`.
 */
export function findRecipient(
  conversations: readonly Conversation[],
  text: string,
  preferred: (contact: Contact) => boolean,
): Contact | PeerAddress | null {
  const exact = conversations.find(({ contact }) => isExactly(contact, text));
  if (exact) return exact.contact;
  const parsed = parseAddress(text);
  const isAddress = parsed.ok && looksLikeAddress(text);
  if (isAddress && (parsed.identity !== null || UNMISTAKABLE.test(text))) return parsed.address;
  const named = findContactIfAny(conversations, text, preferred);
  if (!isAddress || named === null) return named ?? (isAddress ? parsed.address : null);
  if (isMeantBy(named, parsed.address)) return parsed.address;
  const candidates = `${describe(named)}; the address ${formatAddress(parsed.address)}`;
  raise('contact-ambiguous', { contact: text.slice(0, 60), candidates });
}

/** Certainly an address: with a scheme, a port, or as a number. */
const UNMISTAKABLE = /:|^[\d.]+$/;

/** Unforgeable references to a contact: our own id of it, and its proven identity. */
function isExactly({ id, identity }: Contact, text: string): boolean {
  if (text === id) return true;
  if (identity === null) return false;
  const parsed = parseAddress(text);
  return (
    text.toLowerCase() === identity ||
    letters(text) === letters(identityCode(identity)) ||
    (parsed.ok && parsed.identity === identity)
  );
}

function mayBe(contact: Contact, text: string): boolean {
  const { name, identity } = contact;
  if (folded(name) === folded(text)) return true;
  const begin = letters(text);
  if (identity !== null && begin.length >= SHORTEST_CODE) {
    if (letters(identityCode(identity)).startsWith(begin)) return true;
  }
  const parsed = parseAddress(text);
  return parsed.ok && parsed.identity === null && isMeantBy(contact, parsed.address);
}

/** The conversation with the contact of this id; raises `unknown-contact`. */
export function conversationOf(all: readonly Conversation[], id: string): Conversation {
  return all.find(({ contact }) => contact.id === id) ?? raise('unknown-contact');
}

export function isAccepted({ policy }: Contact): boolean {
  return policy === 'accepted';
}

/** How to tell a contact from others of the same name. */
function describe({ id, name, identity, addresses }: Contact): string {
  const known = identity === null ? `id ${id}` : codeOf(identity);
  return `${name} (${[known, ...addresses.slice(0, 1)].join(', ')})`;
}

/** An identity's code; empty when there is none. */
export function codeOf(identity: string | null): string {
  return identity !== null && isIdentity(identity) ? identityCode(identity) : '';
}

function letters(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

function folded(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
