import { setImmediate as turn } from 'node:timers/promises';
import { DEFAULT_PORT } from '../../../shared/address/address-authority.ts';
import { usableSettings } from '../../../shared/model/stored-settings.ts';
import type { ImportCounts, StoreRecord } from '../record.ts';
import { readSettings, writeContact, writeSettings } from './contacts.ts';
import { contactNumber, countUnread, insertMessage, isStored, receivedCount } from './messages.ts';
import {
  integer,
  MESSAGE_COLUMNS,
  MESSAGES_OF_CONTACTS,
  rowToContact,
  rowToMessage,
  type Statements,
  text,
} from './rows.ts';

/** Replaces unusable settings in an export. */
const FALLBACK = { name: 'Parley', port: DEFAULT_PORT };

/** Rows read without yielding: 2 to 3 ms including serialisation. */
const PAGE = 250;

/** Reads in the store's order of operations. */
type Read = <T>(work: () => T) => Promise<T>;

/**
 * Everything stored. Yields to the event loop after each page, so that a long history does not block
 * the process even if the consumer never awaits anything else.
 */
export async function* readRecords(sql: Statements, read: Read): AsyncGenerator<StoreRecord> {
  const start = await read(() => readStart(sql));
  yield* start.records;
  for (let after = 0; ; ) {
    const page = await read(() => readMessages(sql, after, start));
    for (const { record } of page) yield record;
    await turn();
    const last = page.at(-1);
    if (!last) break;
    after = last.seq;
  }
  for (let after = { contact: 0, author: '', id: '' }; ; ) {
    const page = await read(() => readDeleted(sql, after, start));
    for (const { record } of page) yield record;
    await turn();
    const last = page.at(-1);
    if (!last) break;
    after = last.key;
  }
}

interface Start {
  readonly records: readonly StoreRecord[];
  readonly lastContact: number;
  readonly lastSeq: number;
}

function readStart(sql: Statements): Start {
  const kept = readSettings(sql);
  const settings = kept === null ? null : usableSettings(kept, FALLBACK).settings;
  const contacts = sql(
    'SELECT num, id AS contact_id, data FROM contacts WHERE id IS NOT NULL ORDER BY num',
  ).all();
  const last = sql('SELECT coalesce(max(seq), 0) AS seq FROM messages').get() ?? {};
  return {
    records: [
      { type: 'counters', received: receivedCount(sql) },
      ...(settings ? [{ type: 'settings', settings } as const] : []),
      ...contacts.map((row) => ({ type: 'contact', contact: rowToContact(row) }) as const),
    ],
    lastContact: Number(contacts.at(-1)?.['num'] ?? 0),
    lastSeq: integer(last, 'seq'),
  };
}

function readMessages(sql: Statements, after: number, { lastSeq, lastContact }: Start) {
  const rows = sql(
    `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGES_OF_CONTACTS}
     WHERE m.seq > ? AND m.seq <= ? AND m.contact <= ? ORDER BY m.seq LIMIT ${PAGE}`,
  ).all(after, lastSeq, lastContact);
  return rows.map((row) => {
    const { seq, ...message } = rowToMessage(row);
    const record: StoreRecord = { type: 'message', message, unread: row['unread'] === 1 };
    return { seq, record };
  });
}

function readDeleted(
  sql: Statements,
  after: { readonly contact: number; readonly author: string; readonly id: string },
  { lastContact }: Start,
) {
  const rows = sql(
    `SELECT d.contact, c.id AS contact_id, d.author, d.id
     FROM deleted_messages d JOIN contacts c ON c.num = d.contact AND c.id IS NOT NULL
     WHERE (d.contact, d.author, d.id) > (?, ?, ?) AND d.contact <= ?
     ORDER BY d.contact, d.author, d.id LIMIT ${PAGE}`,
  ).all(after.contact, after.author, after.id, lastContact);
  return rows.map((row) => {
    const author = row['author'] === 'me' ? ('me' as const) : ('them' as const);
    const id = text(row, 'id');
    const record: StoreRecord = {
      type: 'deleted',
      contactId: text(row, 'contact_id'),
      author,
      id,
    };
    return { key: { contact: integer(row, 'contact'), author, id }, record };
  });
}

export function importRecords(sql: Statements, records: readonly StoreRecord[]): ImportCounts {
  const added = records.map((record) => importRecord(sql, record));
  return {
    contacts: added.filter((it) => it === 'contacts').length,
    messages: added.filter((it) => it === 'messages').length,
  };
}

function importRecord(sql: Statements, record: StoreRecord): keyof ImportCounts | null {
  switch (record.type) {
    case 'counters':
      sql("UPDATE counters SET value = max(value, ?) WHERE key = 'received'").run(record.received);
      return null;
    case 'settings':
      if (readSettings(sql) === null) writeSettings(sql, record.settings);
      return null;
    case 'contact': {
      const known = sql('SELECT 1 FROM contacts WHERE id = ?').get(record.contact.id);
      if (known) return null;
      writeContact(sql, record.contact);
      return 'contacts';
    }
    case 'message': {
      const { message, unread } = record;
      const contact = contactNumber(sql, message.contactId);
      const counts = unread && message.author === 'them';
      if (isStored(sql, contact, message)) return null;
      insertMessage(sql, contact, message, counts);
      if (counts) countUnread(sql, contact, 1);
      sql('DELETE FROM deleted_messages WHERE contact = ? AND author = ? AND id = ?').run(
        contact,
        message.author,
        message.id,
      );
      return 'messages';
    }
    case 'deleted': {
      const contact = contactNumber(sql, record.contactId);
      const { author, id } = record;
      if (!isStored(sql, contact, record)) {
        sql('INSERT INTO deleted_messages VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
          contact,
          author,
          id,
        );
      }
      return null;
    }
  }
}
