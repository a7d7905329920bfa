import type { Contact, ContactId, Settings } from '../../../shared/model/model.ts';
import type { StoredConversation } from '../store.ts';
import { contactNumber } from './messages.ts';
import {
  countable,
  integer,
  MESSAGE_COLUMNS,
  type Row,
  rowToContact,
  rowToMessage,
  rowToSetting,
  type Statements,
} from './rows.ts';

const CONVERSATION = `SELECT c.data, ${countable('c.unread')} AS unread_count, ${MESSAGE_COLUMNS}
  FROM contacts c
  LEFT JOIN messages m ON m.seq = (SELECT max(seq) FROM messages WHERE contact = c.num)`;

/** The stored settings, not validated; null where there are none. */
export function readSettings(sql: Statements): unknown {
  const row = sql("SELECT value FROM settings WHERE key = 'settings'").get();
  return row ? rowToSetting(row) : null;
}

export function writeSettings(sql: Statements, settings: Settings): void {
  sql("INSERT OR REPLACE INTO settings VALUES ('settings', ?)").run(JSON.stringify(settings));
}

function rowToConversation(row: Row): StoredConversation {
  return {
    contact: rowToContact(row),
    lastMessage: row['seq'] === null ? null : rowToMessage(row),
    unread: integer(row, 'unread_count'),
  };
}

export function readConversations(sql: Statements): readonly StoredConversation[] {
  return sql(`${CONVERSATION} WHERE c.id IS NOT NULL ORDER BY c.num`).all().map(rowToConversation);
}

export function readConversation(sql: Statements, id: ContactId): StoredConversation | null {
  const row = sql(`${CONVERSATION} WHERE c.id = ?`).get(id);
  return row ? rowToConversation(row) : null;
}

export function writeContact(sql: Statements, contact: Contact): void {
  sql(
    'INSERT INTO contacts (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
  ).run(contact.id, JSON.stringify(contact));
}

/** Hides a contact and its messages for good; `Purge` deletes them. Returns whether it existed. */
export function removeContact(sql: Statements, id: ContactId, only?: 'empty'): boolean {
  const hide = 'UPDATE contacts SET id = NULL WHERE id = ?';
  const empty = ' AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.contact = contacts.num)';
  return sql(only === 'empty' ? hide + empty : hide).run(id).changes > 0;
}

export function mergeContact(sql: Statements, from: ContactId, into: Contact): void {
  const source = contactNumber(sql, from);
  const target = contactNumber(sql, into.id);
  writeContact(sql, into);
  if (source === target) return;
  sql(
    `DELETE FROM messages WHERE contact = ?1 AND (
       EXISTS (SELECT 1 FROM messages o
               WHERE o.id = messages.id AND o.contact = ?2 AND o.author = messages.author)
       OR EXISTS (SELECT 1 FROM deleted_messages d
                  WHERE d.contact = ?2 AND d.author = messages.author AND d.id = messages.id))`,
  ).run({ 1: source, 2: target });
  sql('UPDATE messages SET contact = ? WHERE contact = ?').run(target, source);
  sql(
    `INSERT INTO deleted_messages SELECT ?2, author, id FROM deleted_messages d WHERE contact = ?1
       AND NOT EXISTS (SELECT 1 FROM messages o
                       WHERE o.id = d.id AND o.contact = ?2 AND o.author = d.author)
     ON CONFLICT DO NOTHING`,
  ).run({ 1: source, 2: target });
  sql('DELETE FROM contacts WHERE num = ?').run(source);
}
