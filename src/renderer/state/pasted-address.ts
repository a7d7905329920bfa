import { formatAddress, parseAddress } from '../../shared/address/address.ts';

/** Words looked at in a pasted text; an address stands in the first few, or nobody meant one. */
const MAX_WORDS = 200;

/** What can only be meant as an address: a scheme, or a port behind something. */
const UNMISTAKABLE = /:\/\/|[^\s:]:\d{1,5}$/;

/**
 * The address to try for what somebody has pasted: it is looked for inside a sentence ("I am at
 * 192.168.1.20:8080."), and the place where programs call a copy (`http://host:8080/rpc/batch`) is
 * taken for the copy itself, which is then spoken to in the best way that it knows. What holds no
 * address, or several, is left as it is: the core says what is wrong with it.
 */
export function addressToTry(text: string): string {
  const whole = preferred(text.trim());
  if (whole !== null) return whole;
  const words = text.split(/\s+/, MAX_WORDS).map(withoutPunctuation);
  const found = new Set(words.filter((word) => UNMISTAKABLE.test(word)).map(preferred));
  found.delete(null);
  const [only] = found;
  return found.size === 1 && only ? only : text;
}

/** The address in its own words, or null if it is none. */
function preferred(text: string): string | null {
  const parsed = parseAddress(text);
  if (!parsed.ok) return null;
  const { address, identity } = parsed;
  const plain = address.scheme === 'plain' && identity === null;
  return plain ? formatAddress({ ...address, scheme: 'auto' }) : text;
}

/** Without the quotation marks, brackets and full stops that sentences put around an address. */
function withoutPunctuation(word: string): string {
  return word.replace(/^[^\p{L}\p{N}[]+/u, '').replace(/[^\p{L}\p{N}\]]+$/u, '');
}
