import { nextDelivery } from '../../../shared/model/delivery.ts';
import type {
  Contact,
  ContactId,
  Message,
  MessageId,
  MessageKey,
  MessagePage,
} from '../../../shared/model/model.ts';
import { raise } from '../../../shared/problems/problem.ts';
import type { DeliveryChange, HeldMessages, NewMessage } from '../store.ts';
import {
  AUTHOR,
  countable,
  countedOn,
  integer,
  LIMIT,
  MESSAGE_COLUMNS,
  MESSAGES_OF_CONTACTS,
  problemToColumn,
  rowToMessage,
  type Statements,
} from './rows.ts';

const FROM = `FROM ${MESSAGES_OF_CONTACTS}`;
const PENDING = "m.author = 'me' AND m.state IN ('queued', 'sending')";

/** The row number of a contact. */
export function contactNumber(sql: Statements, id: ContactId): number {
  const row = sql('SELECT num FROM contacts WHERE id = ?').get(id);
  return row ? integer(row, 'num') : raise('unknown-contact');
}

export function isStored(
  sql: Statements,
  contact: number,
  { author, id }: Pick<Message, 'author' | 'id'>,
): boolean {
  const statement = sql(
    `SELECT 1 FROM messages WHERE id = ? AND contact = ? AND author = ${AUTHOR}`,
  );
  return statement.get(id, contact, author) !== undefined;
}

/**
 * Inserts a message that is not stored yet. Its index entry (fts-index.ts) and the unread count
 * (`countUnread`) follow.
 */
export function insertMessage(
  sql: Statements,
  contact: number,
  message: NewMessage,
  unread: boolean,
): Message {
  const { lastInsertRowid } = sql(
    `INSERT INTO messages (contact, author, id, body, sent_at, state, problem, unread, reply_to)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    contact,
    message.author,
    message.id,
    message.body,
    message.sentAt,
    message.state,
    problemToColumn(message.problem),
    unread ? 1 : 0,
    message.replyTo,
  );
  return { ...message, seq: Number(lastInsertRowid) };
}

export function addMessages(sql: Statements, messages: readonly NewMessage[]): readonly Message[] {
  const contacts = new Map<ContactId, number>();
  const received = new Map<number, number>();
  const added: Message[] = [];
  for (const message of messages) {
    const { contactId, id } = message;
    const theirs = message.author === 'them';
    const contact = contacts.get(contactId) ?? contactNumber(sql, contactId);
    contacts.set(contactId, contact);
    // Checked first, because an insert that meets a conflict would still use up a `seq`.
    if (isTaken(sql, contact, id, theirs ? 'anybody' : 'me')) continue;
    added.push(insertMessage(sql, contact, message, theirs));
    if (theirs) received.set(contact, (received.get(contact) ?? 0) + 1);
  }
  for (const [contact, count] of received) {
    countUnread(sql, contact, count);
    sql(
      `UPDATE counters SET value = ${countedOn('value')}
       WHERE key = 'received'`,
    ).run(count);
  }
  return added;
}

/** Adds to the unread count of a contact. */
export function countUnread(sql: Statements, contact: number, count: number): void {
  sql(
    `UPDATE contacts SET unread = ${countedOn('unread')}
     WHERE num = ?`,
  ).run(count, contact);
}

export function findMessage(
  sql: Statements,
  { contactId, author, id }: MessageKey,
): Message | null {
  const row = sql(
    `SELECT ${MESSAGE_COLUMNS} ${FROM} WHERE m.id = ? AND m.author = ${AUTHOR}
     AND m.contact = (SELECT num FROM contacts WHERE id = ?)`,
  ).get(id, author, contactId);
  return row ? rowToMessage(row) : null;
}

export function idsOfOurs(
  sql: Statements,
  id: ContactId,
  ids: readonly MessageId[],
): ReadonlySet<MessageId> {
  const row = sql('SELECT num FROM contacts WHERE id = ?').get(id);
  if (!row) return new Set();
  const contact = integer(row, 'num');
  return new Set(ids.filter((it) => isTaken(sql, contact, it, 'me')));
}

/**
 * Whether a message in this conversation has this id, or had it until it was deleted. A new
 * incoming message may not have an id of ours either: a reply to it would be ambiguous.
 */
function isTaken(
  sql: Statements,
  contact: number,
  id: MessageId,
  author: 'me' | 'anybody',
): boolean {
  return sql(TAKEN[author]).get(id, contact) !== undefined;
}

/** One statement for each: executed for every message that is stored. */
const TAKEN = {
  me: `SELECT 1 FROM messages WHERE id = ?1 AND contact = ?2 AND author = 'me'
    UNION ALL ${deletedOf('me')}`,
  anybody: `SELECT 1 FROM messages WHERE id = ?1 AND contact = ?2
    UNION ALL ${deletedOf('me')} UNION ALL ${deletedOf('them')}`,
} as const;

function deletedOf(author: Message['author']): string {
  return `SELECT 1 FROM deleted_messages WHERE contact = ?2 AND author = '${author}' AND id = ?1`;
}

export function readPage(
  sql: Statements,
  id: ContactId,
  before: number | null,
  limit: number,
): MessagePage {
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS} ${FROM} WHERE m.contact = (SELECT num FROM contacts WHERE id = ?)
     AND m.seq < ? ORDER BY m.seq DESC ${LIMIT}`,
  ).all(id, before ?? Number.MAX_SAFE_INTEGER, limit + 1);
  const messages = rows.slice(0, limit).map(rowToMessage).reverse();
  return { messages, more: rows.length > limit };
}

export function readPageAfter(
  sql: Statements,
  id: ContactId,
  after: number,
  limit: number,
): MessagePage {
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS} ${FROM} WHERE m.contact = (SELECT num FROM contacts WHERE id = ?)
     AND m.seq > ? ORDER BY m.seq ${LIMIT}`,
  ).all(id, after, limit + 1);
  return { messages: rows.slice(0, limit).map(rowToMessage), more: rows.length > limit };
}

export function pendingMessages(
  sql: Statements,
  id: ContactId,
  limit: number,
  after: number,
): readonly Message[] {
  return sql(
    `SELECT ${MESSAGE_COLUMNS} ${FROM} WHERE m.contact = (SELECT num FROM contacts WHERE id = ?)
     AND ${PENDING} AND m.seq > ? ORDER BY m.seq ${LIMIT}`,
  )
    .all(id, after, limit)
    .map(rowToMessage);
}

export function contactsWithPending(sql: Statements): readonly Contact['id'][] {
  return sql(
    `SELECT c.id FROM contacts c
     WHERE c.id IS NOT NULL
     AND EXISTS (SELECT 1 FROM messages m WHERE m.contact = c.num AND ${PENDING}) ORDER BY c.num`,
  )
    .all()
    .map((row) => String(row['id']));
}

export function setDelivery(
  sql: Statements,
  changes: readonly DeliveryChange[],
): readonly Message[] {
  const changed = new Map<number, Message>();
  for (const { contactId, id, event, problem } of changes) {
    const message = findMessage(sql, { contactId, author: 'me', id });
    if (!message || message.state === 'received') continue;
    const state = nextDelivery(message.state, event);
    if (state === message.state) continue;
    sql('UPDATE messages SET state = ?, problem = ? WHERE seq = ?').run(
      state,
      problemToColumn(problem),
      message.seq,
    );
    changed.set(message.seq, { ...message, state, problem });
  }
  return Array.from(changed.values());
}

export function deleteMessage(sql: Statements, key: MessageKey): Message | null {
  const message = findMessage(sql, key);
  if (!message) return null;
  deleteAt(sql, message.seq);
  return message;
}

export function deleteMessages(
  sql: Statements,
  id: ContactId,
  upTo: number,
  limit: number,
): readonly MessageId[] {
  const rows = sql(
    `SELECT seq, id FROM messages WHERE contact = (SELECT num FROM contacts WHERE id = ?)
     AND seq <= ? ORDER BY seq ${LIMIT}`,
  ).all(id, upTo, limit);
  for (const row of rows) deleteAt(sql, integer(row, 'seq'));
  return rows.map((row) => String(row['id']));
}

function deleteAt(sql: Statements, seq: number): void {
  sql(
    `INSERT INTO deleted_messages SELECT contact, author, id FROM messages WHERE seq = ?
     ON CONFLICT DO NOTHING`,
  ).run(seq);
  sql('DELETE FROM messages WHERE seq = ?').run(seq);
}

/** The `seq` of the newest message of all; 0 when there is none. */
export function newestSeq(sql: Statements): number {
  return integer(sql('SELECT coalesce(max(seq), 0) AS seq FROM messages').get() ?? {}, 'seq');
}

/**
 * Marks incoming messages up to `seq` as read, at most `limit` of them; returns how many those
 * were.
 */
export function markRead(sql: Statements, id: ContactId, seq: number, limit: number): number {
  const { changes } = sql(
    `UPDATE messages SET unread = 0 WHERE seq IN (
       SELECT seq FROM messages WHERE contact = (SELECT num FROM contacts WHERE id = ?)
       AND unread = 1 AND seq <= ? ORDER BY seq ${LIMIT})`,
  ).run(id, seq, limit);
  return Number(changes);
}

/** `octet_length` is in the header of a row: the texts themselves are not read. */
export function heldMessages(sql: Statements, id: ContactId): HeldMessages {
  const row =
    sql(
      `SELECT count(*) AS messages, coalesce(sum(octet_length(m.body)), 0) AS bytes
       ${FROM} WHERE c.id = ? AND m.author = 'them'`,
    ).get(id) ?? {};
  return { messages: integer(row, 'messages'), bytes: integer(row, 'bytes') };
}

export function receivedCount(sql: Statements): number {
  const row = sql(
    `SELECT ${countable('value')} AS value FROM counters WHERE key = 'received'`,
  ).get();
  return row ? integer(row, 'value') : 0;
}
