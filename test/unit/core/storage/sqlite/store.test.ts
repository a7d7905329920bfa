import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../../../../src/core/storage/sqlite/store.ts';
import type { Store } from '../../../../../src/core/storage/store.ts';
import { FakeWorld, settle } from '../../../../support/basics/fake-world.ts';
import { searchContract } from '../../../../support/storage/search-contract.ts';
import { storeContract } from '../../../../support/storage/store-contract.ts';
import { sampleContact, theirKey, theirs } from '../../../../support/storage/store-samples.ts';
import { transferContract } from '../../../../support/storage/transfer-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const make = () => {
  count += 1;
  return openSqliteStore({ path: join(folder, `${count}`, 'history.db'), world: systemWorld });
};

storeContract('the SQLite store', make);
transferContract('the SQLite store', make);
searchContract('the SQLite store', make);

test('a removed conversation leaves nothing behind, also when the deletion was interrupted', async () => {
  const path = join(folder, 'removal', 'history.db');
  const world = new FakeWorld();
  const open = () => openSqliteStore({ path, world });
  const rows = (table: string) => {
    const database = new DatabaseSync(path);
    const row = database.prepare(`SELECT count(*) AS count FROM ${table}`).get();
    database.close();
    return row?.['count'];
  };
  const first = await open();
  await first.saveContact(sampleContact('ann'));
  await first.saveContact(sampleContact('bob'));
  await first.addMessages(Array.from({ length: 1_000 }, (_, n) => theirs('ann', `${n}`)));
  await first.addMessages([theirs('bob', 'kept')]);
  await first.deleteMessage(theirKey('ann', '0'));
  await first.removeContact('ann');
  await first.close();
  expect(rows('messages')).toBeGreaterThan(1);

  const second = await open();
  expect((await second.conversations()).map((it) => it.contact.id)).toEqual(['bob']);
  const all = { contactId: null, limit: 9, before: null };
  expect((await second.search('body', all)).hits.map((it) => it.message.id)).toEqual(['kept']);
  // Each step of the deletion takes some turns of the event loop.
  for (let turns = 0; turns < 100; turns += 5) await settle();
  await second.close();
  expect(rows('messages')).toBe(1);
  expect(rows('contacts')).toBe(1);
  expect(rows('deleted_messages')).toBe(0);
  expect(rows('message_words WHERE rowid NOT IN (SELECT seq FROM messages)')).toBe(0);
});

describe('a long conversation yields to other work', () => {
  const COUNT = 1_200;
  const filled = async () => {
    const store = await make();
    await store.saveContact(sampleContact('ann'));
    await store.addMessages(Array.from({ length: COUNT }, (_, n) => theirs('ann', `${n}`)));
    return store;
  };
  const unread = async (store: Store) => (await store.conversation('ann'))?.unread;

  test('while it is marked as read; messages that arrive meanwhile stay unread', async () => {
    const store = await filled();
    const order: string[] = [];
    const marked = store.markRead('ann', Number.MAX_SAFE_INTEGER).then(() => order.push('marked'));
    const added = store.addMessages([theirs('ann', 'new')]).then(() => order.push('added'));
    await Promise.all([marked, added]);
    expect(order).toEqual(['added', 'marked']);
    expect(await unread(store)).toBe(1);
    await store.close();
  });

  test('while its records are read without a pause', async () => {
    const store = await filled();
    let turns = 0;
    let done = false;
    const count = () => {
      turns += 1;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    let records = 0;
    for await (const _ of store.records()) records += 1;
    done = true;
    expect(records).toBeGreaterThan(COUNT);
    expect(turns).toBeGreaterThanOrEqual(4);
    await store.close();
  });
});
