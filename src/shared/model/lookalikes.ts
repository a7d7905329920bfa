import { parseAddress, sameAddress } from '../address/address.ts';
import type { Contact } from './model.ts';

type Person = Pick<Contact, 'id' | 'identity' | 'name' | 'addresses'>;

/** A contact that another one resembles. */
export interface Lookalike {
  readonly contact: Contact;
  /** What the two have in common. */
  readonly shares: 'name' | 'address' | 'both';
}

/** Marks above and below a letter, except those that make another sound in Japanese. */
const ACCENTS = /[[\p{M}&&\p{sc=Inherited}]--[\u3099\u309a]]/gv;
/**
 * Letters of other scripts, and rare Latin ones, that are drawn like plain Latin ones, and what
 * they are drawn like. Capital and small letters of a name must give the same result.
 */
const DRAWN_ALIKE = pairs(
  // Cyrillic and Greek.
  'АВЕЅІЈКМНОРСТХУаеѕіјорсхуһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυ|вкмнтӏӀѵѴѡѠьЬςβεκμτχ',
  'ABESIJKMHOPCTXYaesijopcxyhdqwABEZHIKMNOPTYXaivopulbkmhtllvVwWbBcbekmtx',
  // Armenian, Cherokee, Lisu.
  'օոսհցյզՕՍᎪᏴᏼᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ',
  'onuhgjqOUABBCDEHJKLMPRSTVWZABCDEFGHIJKLMNOPRSTUVWXYZ',
  // Latin: small capitals, strokes, phonetic signs.
  'ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢᴑøØłŁđĐħĦɑɡıȷƅĸɯǀ℮',
  'ABCDEGHIJKLMNOPRSTUVWYZooOlLdDhHagijbkwle',
);
/** Latin letters and digits that are drawn alike in one case or the other. */
const SAME_SHAPE = pairs('i10', 'llo');

/**
 * The skeleton of a name: two names with the same skeleton are easily confused. Case, width,
 * accents, spaces, punctuation, symbols and invisible characters make no difference, nor do the
 * commonest letters that are drawn alike.
 */
export function lookOf(name: string): string {
  const plain = name.normalize('NFKD').replace(ACCENTS, '');
  const letters = plain.replace(/[[\s\p{P}\p{S}\p{C}\p{DI}]--[\u007c\u212e]]/gv, '');
  const latin = mapped(letters, DRAWN_ALIKE).toLowerCase();
  const look = mapped(latin, SAME_SHAPE).replaceAll('rn', 'm').replaceAll('vv', 'w');
  // A name of symbols only is those symbols.
  return look === '' ? plain.trim() : look;
}

/**
 * The contacts that this one resembles: accepted contacts with another key, whose name has the same
 * skeleton or that have answered us at one of its addresses. Those that share both come first.
 */
export function lookalikesOf(person: Person, contacts: readonly Contact[]): readonly Lookalike[] {
  if (person.identity === null) return [];
  const look = lookOf(person.name);
  const found = contacts.flatMap((contact): Lookalike[] => {
    const { id, identity, policy } = contact;
    if (id === person.id || policy !== 'accepted') return [];
    if (identity === null || identity === person.identity) return [];
    const name = lookOf(contact.name) === look;
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

function share(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.some((other) => isSame(one, other)));
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a.ok && b.ok && sameAddress(a.address, b.address);
}

/** Pairs the letters of one string with those of the next. */
function pairs(...lists: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < lists.length; at += 2) {
    const targets = [...(lists[at + 1] ?? '')];
    for (const [index, letter] of [...(lists[at] ?? '')].entries()) {
      found.set(letter, targets[index] ?? letter);
    }
  }
  return found;
}

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  return Array.from(text, (letter) => table.get(letter) ?? letter).join('');
}
