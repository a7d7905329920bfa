import { MAX_QUERY_WORDS, searchWords } from './search-words.ts';

/**
 * A message with more words has them in several rows. FTS5 takes a row in one statement: with so many
 * different words it needs about 1 ms, with those of the longest message 40 ms.
 */
const WORDS_IN_ROW = 1_024;
/** A row ends with the first words of the next one, so that a phrase is found across the two. */
const OVERLAP = MAX_QUERY_WORDS - 1;

/** The rows of a message in the word index, words separated by spaces; cut as they are taken. */
export function* searchRows(body: string): Generator<string, void> {
  let words: string[] = [];
  for (const some of searchWords(body)) {
    words = words.concat(some);
    while (words.length > WORDS_IN_ROW + OVERLAP) {
      yield words.slice(0, WORDS_IN_ROW + OVERLAP).join(' ');
      words = words.slice(WORDS_IN_ROW);
    }
  }
  yield words.join(' ');
}
