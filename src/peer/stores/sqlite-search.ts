import type { SearchPage } from '../../shared/model.ts';
import type { SearchOptions } from '../store.ts';
import { excerptOf, type SearchTerm, searchTerms } from './search-words.ts';
import {
  MESSAGE_COLUMNS,
  MESSAGES_OF_CONTACTS,
  rowToMessage,
  type Statements,
} from './sqlite-rows.ts';

/**
 * The terms in the query language of FTS5: each a quoted phrase. Words hold only letters, digits and
 * pictographs, so nothing of what the user typed can be read as syntax.
 */
function matchExpression(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`)
    .join(' AND ');
}

export function searchMessages(
  sql: Statements,
  query: string,
  { contactId, limit, before }: SearchOptions,
): SearchPage {
  const terms = searchTerms(query);
  if (terms.length === 0) return { hits: [], more: false };
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS}
     FROM message_words w JOIN ${MESSAGES_OF_CONTACTS} AND m.seq = w.rowid
     WHERE w.words MATCH ?1 AND w.rowid < ?2 AND (?3 IS NULL OR c.id = ?3)
     ORDER BY w.rowid DESC LIMIT ?4`,
  ).all({
    1: matchExpression(terms),
    2: before ?? Number.MAX_SAFE_INTEGER,
    3: contactId,
    4: limit + 1,
  });
  const messages = rows.slice(0, limit).map(rowToMessage);
  return {
    hits: messages.map((message) => ({ message, excerpt: excerptOf(message.body, terms) })),
    more: rows.length > limit,
  };
}
