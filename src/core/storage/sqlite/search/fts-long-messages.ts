import type { World } from '../../../base/world.ts';
import { integer, type Statements } from '../rows.ts';
import { MAX_WORD_ROWS } from '../schema.ts';

/** A step that takes less time than this is followed by one that is twice as large. Milliseconds. */
const QUICK = 2.5;

/** What a search works with. */
export interface SearchDeps {
  readonly sql: Statements;
  /** Reads in the store's order of operations. */
  readonly read: <T>(work: () => T) => Promise<T>;
  readonly uptime: World['uptime'];
}

/** The long messages that match, their `seq` from the highest; those before `at` are done. */
export interface LongMatches {
  readonly seqs: readonly number[];
  at: number;
}

/** Whether the index has rows of long messages below `before`. */
export function hasLongMessages(sql: Statements, before: number): boolean {
  return windowStart(sql, before, 0) !== null;
}

/** So many rows of long messages are looked through at first; then twice as many while it is quick. */
const WINDOW = 2_000;

/**
 * The long messages below `before` that match all of `expressions` (of the query language of FTS5).
 * Each of them may match another row of a message, so that SQLite has to see them all; they are
 * looked through in steps, and once for a search.
 */
export async function longMatches(
  { sql, read, uptime }: SearchDeps,
  expressions: readonly string[],
  before: number,
): Promise<LongMatches> {
  const all = JSON.stringify(expressions);
  const seqs: number[] = [];
  let window = WINDOW;
  for (let high: number | null = before; high !== null; ) {
    const end = high;
    high = await read(() => {
      const started = uptime();
      const start = windowStart(sql, end, window);
      if (start === null) return null;
      for (const seq of matchesBetween(sql, all, start, end)) seqs.push(seq);
      if (uptime() - started < QUICK) window *= 2;
      return start;
    });
  }
  return { seqs, at: 0 };
}

/** The `seq` from which about `window` rows of long messages are below `end`; null for none at all. */
function windowStart(sql: Statements, end: number, window: number): number | null {
  const rows = (direction: 'DESC' | 'ASC') => `SELECT rowid AS row FROM long_message_words
     WHERE rowid < ?1 * ${MAX_WORD_ROWS} ORDER BY rowid ${direction} LIMIT 1`;
  const row =
    sql(`${rows('DESC')} OFFSET ?2 + 0`).get({ 1: end, 2: window }) ??
    sql(rows('ASC')).get({ 1: end });
  return row ? Math.floor(integer(row, 'row') / MAX_WORD_ROWS) : null;
}

function matchesBetween(
  sql: Statements,
  expressions: string,
  start: number,
  end: number,
): readonly number[] {
  const rows = sql(
    `SELECT w.rowid / ${MAX_WORD_ROWS} AS seq
     FROM json_each(?1) term CROSS JOIN long_message_words w ON w.words MATCH term.value
     WHERE w.rowid >= ?2 * ${MAX_WORD_ROWS} AND w.rowid < ?3 * ${MAX_WORD_ROWS}
     GROUP BY w.rowid / ${MAX_WORD_ROWS}
     HAVING count(DISTINCT term.key) = json_array_length(?1)
     ORDER BY seq DESC`,
  ).all({ 1: expressions, 2: start, 3: end });
  return rows.map((row) => integer(row, 'seq'));
}
