import type { Message, SearchPage } from '../../../../shared/model/model.ts';
import { excerptOf, matchesTerms, type SearchTerm, searchTerms } from '../../search-words.ts';
import type { SearchOptions } from '../../store.ts';
import {
  integer,
  MESSAGE_COLUMNS,
  MESSAGES_OF_CONTACTS,
  type Row,
  rowToMessage,
  type Statements,
  text,
} from '../rows.ts';
import { indexedUpTo } from './fts-index.ts';
import {
  hasLongMessages,
  type LongMatches,
  longMatches,
  type SearchDeps,
} from './fts-long-messages.ts';

/** Time budget for reading messages one by one before yielding. Milliseconds. */
const STEP = 5;

/**
 * Finds messages, newest first: unindexed ones by reading them, the others by the index, and of
 * those by reading them again where signs matter. Reading is done in steps, so that a search blocks
 * nothing, also in a long history whose index is being built.
 */
export async function searchMessages(
  deps: SearchDeps,
  query: string,
  options: SearchOptions,
): Promise<SearchPage> {
  const terms = searchTerms(query);
  if (terms.length === 0) return { hits: [], more: false };
  const wanted = options.limit + 1;
  const found: Message[] = [];
  let long: LongMatches | null = null;
  let before = options.before ?? Number.MAX_SAFE_INTEGER;
  for (let done = false; !done; ) {
    const step = { ...options, before, wanted: wanted - found.length, long };
    const result = await deps.read(() => searchStep(deps, terms, step));
    if (result === 'look-through-long') {
      long = await longMatches(deps, matchExpressions(terms), before);
      continue;
    }
    const { messages, reached } = result;
    found.push(...messages);
    done = reached === null || found.length >= wanted;
    before = reached ?? before;
  }
  return {
    hits: found
      .slice(0, options.limit)
      .map((message) => ({ message, excerpt: excerptOf(message.body, terms) })),
    more: found.length > options.limit,
  };
}

interface Step {
  readonly contactId: SearchOptions['contactId'];
  readonly before: number;
  readonly wanted: number;
  /** Null until those that are indexed were looked through. */
  readonly long: LongMatches | null;
}

interface StepResult {
  readonly messages: readonly Message[];
  /** The lowest `seq` searched so far; null when nothing is left. */
  readonly reached: number | null;
}

function searchStep(
  deps: SearchDeps,
  terms: readonly SearchTerm[],
  step: Step,
): StepResult | 'look-through-long' {
  const { sql } = deps;
  const indexed = indexedUpTo(sql);
  if (step.long === null && step.before > indexed + 1) {
    const rest = oneByOne(deps, unindexedRows(sql, indexed, step), terms, step.wanted);
    // Only indexed messages are left.
    return { ...rest, reached: rest.reached ?? indexed + 1 };
  }
  const long = step.long ?? (hasLongMessages(sql, step.before) ? null : { seqs: [], at: 0 });
  if (long === null) return 'look-through-long';
  const exact = terms.some(({ literal }) => literal !== null);
  const found = indexRows(sql, terms, step, long);
  if (exact) return oneByOne(deps, found, terms, step.wanted);
  const rows = Array.from(found);
  return { messages: rows.map(rowToMessage), reached: null };
}

/** Those of `rows` that match; stops when there are enough, or the time budget is used up. */
function oneByOne(
  { uptime }: SearchDeps,
  rows: Iterable<Row>,
  terms: readonly SearchTerm[],
  wanted: number,
): StepResult {
  const started = uptime();
  const messages: Message[] = [];
  for (const row of rows) {
    if (matchesTerms(text(row, 'body'), terms)) messages.push(rowToMessage(row));
    const enough = messages.length >= wanted || uptime() - started >= STEP;
    if (enough) return { messages, reached: integer(row, 'seq') };
  }
  return { messages, reached: null };
}

/** Unindexed messages, newest first. */
function unindexedRows(
  sql: Statements,
  indexed: number,
  { contactId, before }: Step,
): Iterable<Row> {
  return sql(
    `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGES_OF_CONTACTS}
     WHERE m.seq > ?1 AND m.seq < ?2 AND (?3 IS NULL OR c.id = ?3) ORDER BY m.seq DESC`,
  ).iterate({ 1: indexed, 2: before, 3: contactId });
}

/** Indexed messages that match, newest first; at most as many as requested, unless signs matter. */
function* indexRows(
  sql: Statements,
  terms: readonly SearchTerm[],
  step: Step,
  long: LongMatches,
): Iterable<Row> {
  const exact = terms.some(({ literal }) => literal !== null);
  const limit = exact ? -1 : step.wanted;
  const rows = newestFirst(
    rowsOfMessages(sql, terms, step, limit),
    rowsOfLongMessages(sql, step, long),
  );
  let left = limit;
  for (const row of rows) {
    if (left === 0) return;
    left -= 1;
    yield row;
  }
}

function rowsOfMessages(
  sql: Statements,
  terms: readonly SearchTerm[],
  { contactId, before }: Step,
  limit: number,
): Iterable<Row> {
  return sql(
    `SELECT ${MESSAGE_COLUMNS}
     FROM message_words w JOIN ${MESSAGES_OF_CONTACTS} AND m.seq = w.rowid
     WHERE w.words MATCH ?1 AND w.rowid < ?2 AND (?3 IS NULL OR c.id = ?3)
     ORDER BY w.rowid DESC LIMIT ?4 + 0`,
  ).iterate({ 1: matchExpressions(terms).join(' AND '), 2: before, 3: contactId, 4: limit });
}

function* rowsOfLongMessages(
  sql: Statements,
  { contactId, before }: Step,
  long: LongMatches,
): Iterable<Row> {
  const read = sql(
    `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGES_OF_CONTACTS}
     WHERE m.seq = ?1 AND (?2 IS NULL OR c.id = ?2)`,
  );
  while ((long.seqs[long.at] ?? Number.NEGATIVE_INFINITY) >= before) long.at += 1;
  for (const seq of long.seqs.slice(long.at)) {
    const row = read.get({ 1: seq, 2: contactId });
    if (row) yield row;
  }
}

/** Both are sorted by `seq`, the highest first; so is the result. */
function* newestFirst(some: Iterable<Row>, others: Iterable<Row>): Iterable<Row> {
  const rest = others[Symbol.iterator]();
  try {
    let other = rest.next();
    for (const row of some) {
      while (!other.done && integer(other.value, 'seq') > integer(row, 'seq')) {
        yield other.value;
        other = rest.next();
      }
      yield row;
    }
    for (; !other.done; other = rest.next()) yield other.value;
  } finally {
    // A statement that is left half read would hold its snapshot of the file.
    rest.return?.();
  }
}

/**
 * The terms in the query language of FTS5: each a quoted phrase, and each sign. Words hold only
 * letters, digits and pictographs, and signs are written with characters that FTS5 does not know,
 * so no user input can be read as syntax.
 */
function matchExpressions(terms: readonly SearchTerm[]): readonly string[] {
  const expressions = terms.flatMap(({ words, prefix, literal, signs }) => {
    // If it ends with a sign, its last word is complete.
    const goesOn = prefix && (literal === null || literal.endsWith(words.at(-1) ?? ' '));
    const phrase = words.length > 0 ? [`"${words.join(' ')}"${goesOn ? ' *' : ''}`] : [];
    return [...phrase, ...signs.map((sign) => `"${sign}"`)];
  });
  return Array.from(new Set(expressions));
}
