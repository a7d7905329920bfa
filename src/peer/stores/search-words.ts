/**
 * How messages are cut into words for the search. Both stores use this, so they find the same; the
 * database only stores and compares the words. A change here needs a migration that rebuilds the
 * word index.
 *
 * Scripts written without spaces (Chinese, Japanese, Thai and others) are indexed by character, and
 * a query in them matches where the characters follow each other. So one character is enough to
 * search for, which a trigram index could not do, and the index stays smaller.
 */

/** Characters of a word, or a pictograph, which is a word of its own. */
const RUN = /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;

/** Within a folded run: one character of an unspaced script, or as much as possible of the others. */
const WORD =
  /[[\p{L}\p{N}\p{M}]&&[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]|[[\p{L}\p{N}\p{M}]--[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]+|\p{Extended_Pictographic}/gv;

/** A run that folding only makes lower-case and that is one word: most of all runs, found cheaply. */
const PLAIN_RUN = /^[A-Za-z0-9]+$/;

const ACCENTS = /[\u0300-\u036f]/g;

/** Longer words are compared by their beginning. */
const MAX_WORD = 256;
/** Further words of a query are ignored; FTS5 limits the size of an expression. */
const MAX_QUERY_WORDS = 48;

const EXCERPT_BEFORE = 30;
const EXCERPT_AFTER = 90;

interface Word {
  readonly text: string;
  /** Where it is in the original, in UTF-16 units; approximate where folding changed lengths. */
  readonly at: number;
}

/** Words that must follow each other; of the last term, the last word may go on. */
export interface SearchTerm {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** Without case, accents and width: `É` and `ｅ` are `e`. */
function fold(text: string): string {
  const bare = text.normalize('NFKD').toLowerCase().replaceAll(ACCENTS, '');
  return bare.normalize('NFC').replaceAll('ς', 'σ');
}

function cut(text: string): Word[] {
  return Array.from(text.matchAll(RUN)).flatMap((run) => {
    if (PLAIN_RUN.test(run[0])) {
      return { text: run[0].toLowerCase().slice(0, MAX_WORD), at: run.index };
    }
    return Array.from(fold(run[0]).matchAll(WORD), (word) => ({
      text: word[0].slice(0, MAX_WORD).toWellFormed(),
      at: run.index + Math.min(word.index, run[0].length - 1),
    }));
  });
}

/** The words of a message, in order. */
export function searchWords(text: string): readonly string[] {
  return cut(text).map((word) => word.text);
}

/** What a query asks for; empty when it holds nothing that could be searched for. */
export function searchTerms(query: string): readonly SearchTerm[] {
  let left = MAX_QUERY_WORDS;
  const phrases: (readonly string[])[] = [];
  for (const part of query.split(/\s+/u)) {
    const words = searchWords(part).slice(0, left);
    left -= words.length;
    if (words.length > 0) phrases.push(words);
  }
  return phrases.map((words, index) => ({ words, prefix: index === phrases.length - 1 }));
}

function findTerm(words: readonly Word[], term: SearchTerm): number {
  const last = term.words.length - 1;
  return words.findIndex((_, start) =>
    term.words.every((wanted, offset) => {
      const word = words[start + offset]?.text ?? '';
      return term.prefix && offset === last ? word.startsWith(wanted) : word === wanted;
    }),
  );
}

/** Whether a message with this body is found by `terms`. */
export function matchesTerms(body: string, terms: readonly SearchTerm[]): boolean {
  const words = cut(body);
  return terms.length > 0 && terms.every((term) => findTerm(words, term) >= 0);
}

/** The part of `body` around the first match of `terms`, on one line. */
export function excerptOf(body: string, terms: readonly SearchTerm[]): string {
  const words = cut(body);
  const found = terms.map((term) => words[findTerm(words, term)]?.at ?? 0);
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
