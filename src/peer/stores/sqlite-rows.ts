import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Contact, Message, Settings } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { contactSchema, isState, problemSchema, settingsSchema } from './record-schemas.ts';

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

/** What `rowToMessage` reads. `m` is the message, `c` its contact. */
export const MESSAGE_COLUMNS =
  'm.seq, c.id AS contact_id, m.author, m.id, m.body, m.sent_at, m.state, m.problem, m.unread, m.reply_to';

/**
 * A limit that is a parameter. SQLite plans a statement anew whenever a parameter that stands alone
 * there changes hands, which takes longer than most of our statements; it does not look into a sum.
 */
export const LIMIT = 'LIMIT ? + 0';

export function rowToMessage(row: Row): Message {
  return {
    id: text(row, 'id'),
    contactId: text(row, 'contact_id'),
    author: row['author'] === 'me' ? 'me' : 'them',
    body: text(row, 'body'),
    sentAt: integer(row, 'sent_at'),
    seq: integer(row, 'seq'),
    state: state(row),
    problem: row['problem'] === null ? null : problemSchema.parse(json(row, 'problem')),
    replyTo: row['reply_to'] === null ? null : text(row, 'reply_to'),
  };
}

export function rowToContact(row: Row): Contact {
  return contactSchema.parse(json(row, 'data'));
}

export function rowToSettings(row: Row): Settings {
  return settingsSchema.parse(json(row, 'value'));
}

function state(row: Row): Message['state'] {
  const value = text(row, 'state');
  if (!isState(value)) throw new TypeError(`${value} is no state`);
  return value;
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
  return JSON.parse(text(row, column));
}
