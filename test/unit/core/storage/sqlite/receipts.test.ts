import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import {
  contactsWithPending,
  heldMessages,
  pendingMessages,
} from '../../../../../src/core/storage/sqlite/messages.ts';
import { migrate } from '../../../../../src/core/storage/sqlite/migrations.ts';
import {
  coveredByReceipt,
  lastRead,
  lastSent,
} from '../../../../../src/core/storage/sqlite/receipts.ts';
import type { Statements } from '../../../../../src/core/storage/sqlite/rows.ts';

const database = new DatabaseSync(':memory:');
afterAll(() => database.close());
migrate(database, 0);
database.exec(`
  INSERT INTO contacts (id, data) VALUES ('ann', '{}');
  INSERT INTO messages (contact, author, id, body, sent_at, state)
    VALUES (1, 'me', 'm', 'body', 0, 'delivered');
`);

/** The indexes in which `run` looks for messages, and `(scan)` for each table it reads whole. */
function indexesOf(run: (sql: Statements) => unknown): ReadonlySet<string> {
  const found = new Set<string>();
  run((text) => {
    for (const { detail } of database.prepare(`EXPLAIN QUERY PLAN ${text}`).all()) {
      const [, index] = /INDEX (messages_\w+|sqlite_autoindex_messages_1)/.exec(`${detail}`) ?? [];
      if (index) found.add(index);
      else if (/^SCAN (m|messages)\b/.test(`${detail}`)) found.add('(scan)');
    }
    return database.prepare(text);
  });
  return found;
}

test.each([
  [
    'what a receipt covers',
    (sql: Statements) => coveredByReceipt(sql, 'ann', { upTo: 'm', after: 'm' }, 9),
    ['sqlite_autoindex_messages_1', 'messages_delivered'],
  ],
  [
    'the last one read',
    (sql: Statements) => lastRead(sql, 'ann'),
    ['messages_received', 'messages_unread'],
  ],
  [
    'the last one sent',
    (sql: Statements) => lastSent(sql, 'ann'),
    ['messages_by_contact', 'messages_pending'],
  ],
  // The indexes for receipts do not take the place of shorter ones.
  [
    'pending messages',
    (sql: Statements) => pendingMessages(sql, 'ann', 9, 0),
    ['messages_pending'],
  ],
  ['contacts with pending messages', contactsWithPending, ['messages_pending']],
  ['held messages', (sql: Statements) => heldMessages(sql, 'ann'), ['messages_received']],
])('%s: found by the index made for it', (_, run, indexes) => {
  expect(indexesOf(run)).toEqual(new Set(indexes));
});
