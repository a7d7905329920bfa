import { externalLink, MAX_LINK } from '../../shared/address/external-link.ts';

/** A piece of a message body: text, or text that is a web address. All pieces make the body. */
export interface BodyPart {
  readonly text: string;
  /** Where it begins in the body. */
  readonly at: number;
  /** The address that `text` is, as it would be opened; null for plain text. */
  readonly link: string | null;
}

/** Letters of scripts that put no space between a word and an address. */
const UNSPACED =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}';

/** The punctuation of East Asia, which no address holds: ideographic, and full or half width. */
const EAST_ASIAN = '\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65';

/** What may be an address: from `http` to the next space, quotation mark or sign of East Asia. */
const CANDIDATE = new RegExp(
  `(?<=^|[^\\p{L}\\p{N}]|[${UNSPACED}])(?<![\\p{L}\\p{N}]_)` +
    `https?://[^\\s<>"\`«»“”„|\\\\^{}${EAST_ASIAN}]+`,
  'giu',
);
/** A word of such a script that goes on where the address has ended: `https://example.org/docです`. */
const NEXT_WORD = new RegExp(`(?<=[\\p{L}\\p{N}])(?<![${UNSPACED}])[${UNSPACED}].*$`, 'su');
/** Anything of such a script. */
const ANY_WORD = new RegExp(`[${UNSPACED}].*$`, 'su');
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, 'u');

/** What ends a sentence rather than an address. */
const SENTENCE_END = /[.,;:!?…،؛؟।]$/u;
/** What may stand on both sides of an address, and is part of it elsewhere: `Murphy's_law`, `C_`. */
const AROUND: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  "'": "'",
  '’': '‘',
  '*': '*',
  _: '_',
  '~': '~',
};
const APOSTROPHES: ReadonlySet<string> = new Set(["'", '’']);
/** Longer than any address with what a sentence may put behind it: not looked at. */
const MOST_LOOKED_AT = 2 * MAX_LINK;
/** More links than this in one message are left as text. */
const MAX_LINKS = 200;

/**
 * Splits a message body at the web addresses in it. Only `http` and `https`, only what is written
 * in full, and nothing that `externalLink` refuses.
 */
export function bodyParts(body: string): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let end = 0;
  let links = 0;
  for (const { 0: found, index } of body.matchAll(CANDIDATE)) {
    if (found.length > MOST_LOOKED_AT) continue;
    const text = withoutTail(found, body.slice(Math.max(0, index - 2), index));
    const url = externalLink(text);
    if (url === null || url.hostname.startsWith('.') || links === MAX_LINKS) continue;
    if (index > end) parts.push({ text: body.slice(end, index), at: end, link: null });
    parts.push({ text, at: index, link: url.href });
    end = index + text.length;
    links += 1;
  }
  if (end < body.length || parts.length === 0) {
    parts.push({ text: body.slice(end), at: end, link: null });
  }
  return parts;
}

/**
 * Without what belongs to the sentence: its punctuation, a closing sign that was opened before the
 * address, and the words of a script without spaces that go on behind it.
 *
 * @param before what stands in front of the address
 */
function withoutTail(found: string, before: string): string {
  // In the middle of such a script every letter of it is the sentence's.
  let text = found.replace(ENDS_UNSPACED.test(before) ? ANY_WORD : NEXT_WORD, '');
  const quote = before.at(-1) ?? '';
  const closing = quote === '‘' ? '’' : quote;
  if (APOSTROPHES.has(closing)) text = upToQuote(text, closing);
  for (;;) {
    const last = text.at(-1) ?? '';
    const opening = AROUND[last];
    const foreign = opening !== undefined && isForeign(text, last, opening, quote);
    if (!foreign && !SENTENCE_END.test(text)) return text;
    text = text.slice(0, -1);
  }
}

/** Whether the sign at the end of an address closes one that stands before the address, or none. */
function isForeign(text: string, last: string, opening: string, before: string): boolean {
  if (opening !== last) return count(text, last) > count(text, opening);
  if (before === last) return true;
  // A single apostrophe at the very end is a quotation mark; `_`, `*` and `~` may be part of a name.
  return last === "'" && count(text, last) % 2 === 1;
}

/** Up to the quotation mark that no letter follows: the one that closes. */
function upToQuote(text: string, closing: string): string {
  const end = text.search(new RegExp(`${closing}(?![\\p{L}\\p{N}])`, 'u'));
  return end === -1 ? text : text.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
