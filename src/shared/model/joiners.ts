/**
 * Invisible characters that writing needs, and where it needs them. Elsewhere they are not drawn,
 * and make one name look like another (Unicode TR 39, section 3.1.1; RFC 5892, appendix A).
 */

// Marks that silence a consonant's vowel: a joiner after one decides how the next letter is drawn.
const VIRAMA =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u1039\\u17d2\\ua8c4\\ua953\\ua9c0\\uabed\\u{11046}\\u{110b9}\\u{11133}\\u{1134d}\\u{11442}\\u{114c2}\\u{115bf}';
// Letters of Arabic script that do not join to the next one: a break after one is invisible.
const UNJOINED =
  '\\u0621-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0677\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef\\u0759-\\u075b\\u076b\\u076c\\u0771\\u0773\\u0774\\u0778\\u0779\\u0870-\\u0882\\u08aa-\\u08ac\\u08ae\\u08b1\\u08b2\\u08b9';

const AFTER_VIRAMA = new RegExp(`[${VIRAMA}]$`, 'u');
const JOINING = new RegExp(`[[\\p{scx=Arab}&&\\p{L}]--[${UNJOINED}]]\\p{Mn}*$`, 'v');
const ARABIC_NEXT = /^[\p{scx=Arab}&&\p{L}]/v;
const LETTER_NEXT = /^\p{L}/u;
const MALAYALAM_VIRAMA = '\u0d4d';
// Bengali, Assamese and Kannada write "ra" before a conjunct with a joiner before the mark.
const RA_BEFORE_VIRAMA = /[\u09b0\u09f0\u0cb0]$/;
const VIRAMA_NEXT = /^[\u09cd\u0ccd]/;

/** Context before a joiner, in UTF-16 units. */
const CONTEXT = 8;

const ANY_JOINER = /\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}]/u;
const JOINER = new RegExp(`^(?:${ANY_JOINER.source})$`, 'u');

/** Created on first use: all recommended emoji in one pattern take 45 ms to compile. */
let keptOrJoiner: RegExp | null = null;

/**
 * Strips joiners, variation selectors and tags where they draw nothing. They stay inside an emoji
 * that Unicode recommends, after a virama, and where they separate letters that would join.
 */
export function withoutIdleJoiners(text: string): string {
  if (!ANY_JOINER.test(text)) return text;
  keptOrJoiner ??= new RegExp(`\\p{RGI_Emoji}|${ANY_JOINER.source}`, 'gv');
  return text.replace(keptOrJoiner, (found: string, at: number) => {
    if (!JOINER.test(found)) return found;
    const before = text.slice(Math.max(0, at - CONTEXT), at);
    const next = text.slice(at + found.length, at + found.length + 2);
    return isNeeded(found, before, next) ? found : '';
  });
}

function isNeeded(joiner: string, before: string, next: string): boolean {
  if (joiner === '\u200d') {
    if (RA_BEFORE_VIRAMA.test(before)) return VIRAMA_NEXT.test(next);
    if (!AFTER_VIRAMA.test(before)) return false;
    return LETTER_NEXT.test(next) || before.endsWith(MALAYALAM_VIRAMA);
  }
  if (joiner !== '\u200c') return false;
  if (AFTER_VIRAMA.test(before)) return LETTER_NEXT.test(next);
  return JOINING.test(before) && ARABIC_NEXT.test(next);
}
