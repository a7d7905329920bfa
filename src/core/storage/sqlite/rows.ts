import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Contact, Message } from '../../../shared/model/model.ts';
import { MAX_TIME } from '../../../shared/model/time.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { ownId } from '../own-id.ts';
import { usableContact, usableProblem, usableState } from './usable-rows.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Prepares each SQL text once. */
export type Statements = (sql: string) => StatementSync;

export function cachedStatements(database: DatabaseSync): Statements {
  const cache = new Map<string, StatementSync>();
  return (sql) => {
    const known = cache.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    cache.set(sql, statement);
    return statement;
  };
}

/** Messages with their contacts; without those of a contact that was removed. */
export const MESSAGES_OF_CONTACTS =
  'messages m JOIN contacts c ON c.num = m.contact AND c.id IS NOT NULL';

/**
 * The columns that `rowToMessage` reads. `m` is the message, `c` its contact. A time out of range
 * for dates could not even be read as a number.
 */
export const MESSAGE_COLUMNS = `m.seq, c.id AS contact_id, m.author, m.id, m.body,
  min(max(m.sent_at, 0), ${MAX_TIME}) AS sent_at, m.state, m.problem, m.unread, m.reply_to`;

/** The maximum of a counter: a row of an import or another program may hold any number. */
export const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** SQL for a counter that can be read and incremented: a larger number could not even be read. */
export function countable(column: string): string {
  return `min(max(${column}, 0), ${MAX_COUNT})`;
}

/** SQL for the sum of a counter column and a parameter. */
export function countedOn(column: string): string {
  return `min(max(${column}, 0) + ?, ${MAX_COUNT})`;
}

/**
 * A limit as a parameter. SQLite prepares a statement again whenever a parameter that stands alone
 * there changes, which takes longer than most of our statements; it does not look into a sum.
 */
export const LIMIT = 'LIMIT ? + 0';

/**
 * The same for an author: whether a partial index (of pending messages) can be used depends on the
 * value, so a bare parameter has the statement prepared again each time it changes.
 */
export const AUTHOR = "(? || '')";

export function rowToMessage(row: Row): Message {
  const author = row['author'] === 'me' ? 'me' : 'them';
  const replyTo = row['reply_to'];
  return {
    id: text(row, 'id'),
    contactId: text(row, 'contact_id'),
    author,
    body: text(row, 'body'),
    sentAt: integer(row, 'sent_at'),
    seq: integer(row, 'seq'),
    state: usableState(author, row['state']),
    problem: row['problem'] === null ? null : usableProblem(text(row, 'problem')),
    // Earlier versions imported ids of other programs unchanged.
    replyTo: typeof replyTo === 'string' ? ownId(replyTo) : null,
  };
}

/** `contact_id` and `data` of the contact. */
export function rowToContact(row: Row): Contact {
  return usableContact(text(row, 'contact_id'), json(row, 'data'));
}

/** The value of a setting, not validated; text that is not JSON unchanged. */
export function rowToSetting(row: Row): unknown {
  return json(row, 'value');
}

export function problemToColumn(problem: Problem | null): string | null {
  return problem === null ? null : JSON.stringify(problem);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`${column} holds no text`);
  return value;
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`${column} holds no number`);
  return value;
}

function json(row: Row, column: string): unknown {
  const value = row[column];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
