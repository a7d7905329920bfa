import type { Message, SearchPage } from '../../shared/model.ts';
import type { SearchOptions } from '../store.ts';
import { excerptOf, matchesTerms, type SearchTerm, searchTerms } from './search-words.ts';
import {
  MESSAGE_COLUMNS,
  MESSAGES_OF_CONTACTS,
  rowToMessage,
  type Statements,
  text,
} from './sqlite-rows.ts';
import { indexedUpTo } from './sqlite-words.ts';

/**
 * The terms in the query language of FTS5: each a quoted phrase. Words hold only letters, digits and
 * pictographs, so nothing of what the user typed can be read as syntax.
 */
function matchExpression(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`)
    .join(' AND ');
}

export function searchMessages(sql: Statements, query: string, options: SearchOptions): SearchPage {
  const terms = searchTerms(query);
  if (terms.length === 0) return { hits: [], more: false };
  const wanted = options.limit + 1;
  const newest = searchUnindexed(sql, terms, options, wanted);
  const left = wanted - newest.length;
  const found = left > 0 ? newest.concat(searchIndex(sql, terms, options, left)) : newest;
  const messages = found.slice(0, options.limit);
  return {
    hits: messages.map((message) => ({ message, excerpt: excerptOf(message.body, terms) })),
    more: found.length > options.limit,
  };
}

function searchIndex(
  sql: Statements,
  terms: readonly SearchTerm[],
  { contactId, before }: SearchOptions,
  wanted: number,
): Message[] {
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS}
     FROM message_words w JOIN ${MESSAGES_OF_CONTACTS} AND m.seq = w.rowid
     WHERE w.words MATCH ?1 AND w.rowid < ?2 AND (?3 IS NULL OR c.id = ?3)
     ORDER BY w.rowid DESC LIMIT ?4 + 0`,
  ).all({
    1: matchExpression(terms),
    2: before ?? Number.MAX_SAFE_INTEGER,
    3: contactId,
    4: wanted,
  });
  return rows.map(rowToMessage);
}

/** The newest messages, whose words are not in the index yet; a few hundred at the most. */
function searchUnindexed(
  sql: Statements,
  terms: readonly SearchTerm[],
  { contactId, before }: SearchOptions,
  wanted: number,
): Message[] {
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGES_OF_CONTACTS}
     WHERE m.seq > ?1 AND m.seq < ?2 AND (?3 IS NULL OR c.id = ?3) ORDER BY m.seq DESC`,
  ).iterate({ 1: indexedUpTo(sql), 2: before ?? Number.MAX_SAFE_INTEGER, 3: contactId });
  const found: Message[] = [];
  for (const row of rows) {
    if (!matchesTerms(text(row, 'body'), terms)) continue;
    found.push(rowToMessage(row));
    if (found.length === wanted) break;
  }
  return found;
}
