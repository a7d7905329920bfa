/** Maximum length of an address text, in UTF-16 units: more than any address or invite needs. */
export const MAX_ADDRESS_TEXT = 2048;

// Full-width forms of ASCII are at a fixed distance from it. Only these are folded, not everything
// that Unicode calls compatible: U+2100 would become "a/c" and so cut the host in two.
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
const IDEOGRAPHIC_STOPS = /[\u3002\uff61]/g;
const TYPESET_HYPHENS = /[\u2010\u2011]/g;
// Soft hyphen, zero-width space, direction marks, word joiner and the like, emoji selectors, BOM.
const INVISIBLE =
  /\ufe0e|\ufe0f|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
// These two are part of some names (in Persian, for one), but noise between ASCII characters.
const JOINERS = /\u200c|\u200d/g;
const NOT_ASCII = /[^\0-\x7f]/;
const BEFORE = /^[\s"'`<(\u00ab\u2018\u201a\u201c\u201e\u2039\u300c]+/;
const AFTER = /[\s"'`>)\u00bb\u2018\u2019\u201c\u201d\u203a\u300d.,;!]+$/;

/**
 * Strips from a pasted text what copying and typesetting add to an address: spaces, quotes and
 * angle brackets around it, a sentence's last comma or period, invisible characters, full-width
 * forms.
 */
export function tidyAddressText(text: string): string {
  const folded = text
    .replace(FULL_WIDTH, (it) => String.fromCharCode(it.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(IDEOGRAPHIC_STOPS, '.')
    .replace(TYPESET_HYPHENS, '-')
    .replace(INVISIBLE, '')
    .replace(BEFORE, '')
    .replace(AFTER, '');
  const joined = folded.replace(JOINERS, '');
  return NOT_ASCII.test(joined) ? folded : joined;
}

const SHOWN_CHARACTERS = 48;

/** A part of the typed text, safe to put between the quotes of a sentence on one line. */
export function shown(text: string): string {
  const characters = Array.from(text.slice(0, 4 * SHOWN_CHARACTERS));
  const short =
    characters.length > SHOWN_CHARACTERS
      ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
      : characters.join('');
  return short.replace(/[\p{C}\p{Z}]/gu, (it) => (it === ' ' ? it : '\ufffd'));
}

/** Whether a character is visible by itself. */
export function isSeen(character: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character);
}

/** The code point of an invisible character. */
export function characterNumber(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
