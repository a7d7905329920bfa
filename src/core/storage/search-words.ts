import {
  clusterEndFrom,
  type Folded,
  folded,
  foldedText,
  originOf,
} from '../../shared/model/fold.ts';

/**
 * The tokeniser of the search. Both stores use it, so they find the same; the database only stores
 * and compares tokens. Case and accent folding is in `fold.ts`. A change here needs a migration
 * that rebuilds the word index.
 *
 * Scripts written without spaces (Chinese, Japanese, Thai and others) are indexed by character, and
 * a query in them matches where the characters follow each other. So one character is enough to
 * search for, which a trigram index could not do, and the index stays smaller.
 *
 * Signs (`+`, `#`, `:`) separate words like spaces, but they can be searched for: the index knows
 * which ones a message holds, and the message itself is checked for their position.
 */

/**
 * One character of an unspaced script, or a maximal run of the others, or a single pictograph or
 * flag.
 */
const WORD =
  /[[\p{L}\p{N}\p{M}]&&[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]|[[\p{L}\p{N}\p{M}]--[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]+|\p{RI}\p{RI}?|\p{Extended_Pictographic}[\u{e0020}-\u{e007f}]*/gv;
const PLAIN_WORD = /[a-z0-9]+/g;
const PLAIN = /^[\x20-\x7e\s]*$/;

const PLAIN_SIGN = /[!-/:-@[-`{-~]/g;
const SIGN = /[[\p{P}\p{S}]--\p{Extended_Pictographic}]/gv;
/** Signs that belong to the word beside them: `C++`, `#tag`, `@bob`, `50%`, `a_b`, `and/or`. */
const SIGNIFICANT_SIGN = /[[\p{S}#@%\&*\/\\_]--\p{Extended_Pictographic}]/v;
/** Punctuation around a word in prose. */
const PUNCTUATION = /^[(["'[{«¿¡]+|[,.;:!?)"'\]}»…]+$/gu;

/** Signs in the index, apart from all words: in a private-use plane of Unicode. */
const SIGN_PLANE = 0xf0000;

/** Longer words are compared by their prefix. */
const MAX_WORD = 256;
/** Further words of a query are ignored; FTS5 limits the size of an expression. */
export const MAX_QUERY_WORDS = 48;
/** So much of a query is read: room for as many words, of that length. UTF-16 units. */
const MAX_QUERY = MAX_QUERY_WORDS * (MAX_WORD + 1);
/** Longer parts of a query are matched by their words alone. UTF-16 units. */
const MAX_LITERAL = 256;

/**
 * Folding makes some signs longer, one of them (U+FDFA) into 18 letters. A message is searched as far
 * as it is folded to twice its length, and so much more: no text in any language gets there, and
 * nobody can fill the index of others with a few bytes. UTF-16 units. (Messages that were indexed
 * before there was a limit are found by all their words: no reason to build the index anew.)
 */
const MAX_GROWTH = 2;
const FREE_GROWTH = 512;

const EXCERPT_BEFORE = 30;
const EXCERPT_AFTER = 90;

/** Words that must follow each other; in the last term, the last word is a prefix. */
export interface SearchTerm {
  readonly words: readonly string[];
  readonly prefix: boolean;
  /** The folded text that must occur literally, where signs matter; null elsewhere. */
  readonly literal: string | null;
  /** The signs that must occur in the message, as they are in the index. */
  readonly signs: readonly string[];
}

/** A message, folded as far as it is searched. */
function foldedMessage(body: string): Folded {
  const it = folded(body);
  return { ...it, text: searched(it.text, body) };
}

function searched(text: string, body: string): string {
  const limit = MAX_GROWTH * body.length + FREE_GROWTH;
  return text.length <= limit ? text : text.slice(0, limit).toWellFormed();
}

/** The words of a folded text, in order. */
function wordsOf(text: string): string[] {
  const words = text.match(PLAIN.test(text) ? PLAIN_WORD : WORD) ?? [];
  return words.map(shortened);
}

function shortened(word: string): string {
  return word.length <= MAX_WORD ? word : word.slice(0, MAX_WORD).toWellFormed();
}

function signsOf(text: string): readonly string[] {
  const found = text.match(PLAIN.test(text) ? PLAIN_SIGN : SIGN);
  if (found === null) return [];
  const signs = new Set(found);
  return Array.from(signs, (sign) => String.fromCodePoint(SIGN_PLANE + (sign.codePointAt(0) ?? 0)));
}

/**
 * So much of a message is cut into words at once, UTF-16 units: all of the longest one would hold the
 * event loop for 10 ms and more.
 */
const STEP = 4_096;

/** The words of a message, in order, followed by its signs: its entry in the index, a part at a time. */
export function* searchWords(body: string): Generator<readonly string[], void> {
  const signs = new Set<string>();
  let left = MAX_GROWTH * body.length + FREE_GROWTH;
  // A word that goes on in the next part is left for it.
  let open = '';
  for (let from = 0; from < body.length && left > 0; ) {
    const end = clusterEndFrom(body, from + STEP);
    const folded = foldedText(body.slice(from, end));
    const part = folded.length <= left ? folded : folded.slice(0, left).toWellFormed();
    from = end;
    left -= part.length;
    for (const sign of signsOf(part)) signs.add(sign);
    const text = open + part;
    const words = Array.from(text.matchAll(PLAIN.test(text) ? PLAIN_WORD : WORD));
    const last = words.at(-1);
    const goesOn = last !== undefined && last.index + last[0].length === text.length;
    open = goesOn && from < body.length && left > 0 ? beginning(words.pop()?.[0] ?? '') : '';
    yield words.map(([word]) => shortened(word));
  }
  yield [...signs];
}

/** Of a long word, more than counts, so that what follows it is known to belong to it. */
function beginning(word: string): string {
  return word.slice(0, wholeCharacter(word, 2 * MAX_WORD));
}

/** The terms of a query; empty when it holds nothing that could be searched for. */
export function searchTerms(query: string): readonly SearchTerm[] {
  let left = MAX_QUERY_WORDS;
  const terms: Omit<SearchTerm, 'prefix'>[] = [];
  // A whole file that was pasted would be folded at length, and of its words only the first count.
  for (const part of query.slice(0, MAX_QUERY).split(/\s+/u)) {
    const it = foldedText(part);
    const words = wordsOf(it).slice(0, left);
    const literal = literalOf(it, words);
    if (words.length === 0 && literal === null) continue;
    left -= Math.max(1, words.length);
    terms.push({ words, literal, signs: literal === null ? [] : signsOf(literal) });
    if (left <= 0) break;
  }
  return terms.map((term, index) => ({ ...term, prefix: index === terms.length - 1 }));
}

/**
 * The part of a query that must occur literally: all of it when it holds only signs, or one letter
 * beside them (`:D`), which alone would be meaningless; else if it holds significant signs.
 */
function literalOf(part: string, words: readonly string[]): string | null {
  if (words.length === 0) return signsOf(part).length > 0 ? part.slice(0, MAX_LITERAL) : null;
  const core = part.replaceAll(PUNCTUATION, '');
  if (core.length > MAX_LITERAL) return null;
  const lone = words.length === 1 && words[0]?.length === 1 && signsOf(core).length > 0;
  return lone || SIGNIFICANT_SIGN.test(core) ? core : null;
}

/** The index of the first word of a term in the words of a message; -1 if it does not occur. */
function wordsAt(words: readonly string[], term: SearchTerm): number {
  const last = term.words.length - 1;
  return words.findIndex((_, start) =>
    term.words.every((wanted, offset) => {
      const word = words[start + offset] ?? '';
      return term.prefix && offset === last ? word.startsWith(wanted) : word === wanted;
    }),
  );
}

const SPACED =
  /[[\p{L}\p{N}\p{M}]--[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]/v;

/**
 * The position of `literal` in `text`, not within a word; with `prefix` a word may continue after
 * it. -1 if there is none.
 */
function literalAt(text: string, literal: string, prefix: boolean): number {
  const first = SPACED.test(characterAt(literal, 0));
  const last = SPACED.test(characterBefore(literal, literal.length));
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
    const after = at + literal.length;
    const begins = !first || !SPACED.test(characterBefore(text, at));
    const ends = prefix || !last || !SPACED.test(characterAt(text, after));
    if (begins && ends) return at;
  }
  return -1;
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 0x20);
}

function characterBefore(text: string, index: number): string {
  return index === 0 ? '' : characterAt(text, wholeCharacter(text, index - 1));
}

/** Whether a message with this body is found by `terms`. */
export function matchesTerms(body: string, terms: readonly SearchTerm[]): boolean {
  const text = searched(foldedText(body), body);
  const words = wordsOf(text);
  return (
    terms.length > 0 &&
    terms.every((term) =>
      term.literal === null
        ? wordsAt(words, term) >= 0
        : literalAt(text, term.literal, term.prefix) >= 0,
    )
  );
}

/** The part of `body` around the first match of `terms`, on one line. */
export function excerptOf(body: string, terms: readonly SearchTerm[]): string {
  const it = foldedMessage(body);
  const words = Array.from(it.text.matchAll(PLAIN.test(it.text) ? PLAIN_WORD : WORD));
  const texts = words.map(([word]) => shortened(word));
  const found = terms.map((term) => {
    const at =
      term.literal === null
        ? words[wordsAt(texts, term)]?.index
        : literalAt(it.text, term.literal, term.prefix);
    return originOf(it, Math.max(0, at ?? -1));
  });
  const match = Math.min(...found);
  const start = wholeCharacter(body, match <= EXCERPT_BEFORE * 2 ? 0 : match - EXCERPT_BEFORE);
  const end = wholeCharacter(body, Math.max(match, start) + EXCERPT_AFTER);
  const line = body.slice(start, end).replaceAll(/\s+/gu, ' ').trim();
  return `${start > 0 ? '…' : ''}${line}${end < body.length ? '…' : ''}`;
}

/** `index`, or one less where it would split a surrogate pair. */
function wholeCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}
