import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/peer/store.ts';
import { openDatabase } from '../../../../src/peer/stores/open-database.ts';
import { createSqliteStore } from '../../../../src/peer/stores/sqlite-store.ts';
import { FakeWorld, settle } from '../../../support/fake-world.ts';
import { sampleContact, theirs } from '../../../support/store-samples.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface Opened {
  readonly store: Store;
  readonly database: DatabaseSync;
  readonly world: FakeWorld;
  readonly path: string;
}

async function open(path = join(temporaryFolder(), 'history.db')): Promise<Opened> {
  const world = new FakeWorld();
  const opened = openDatabase(path, world.now);
  const store = createSqliteStore(opened, { world, onSlow: () => {} });
  await store.saveContact(sampleContact('ann'));
  return { store, database: opened.database, world, path };
}

const some = (count: number, first = 0) =>
  Array.from({ length: count }, (_, n) => theirs('ann', `${first + n}`, { body: `tea ${n}` }));
const found = async (store: Store, query: string) => {
  const { hits } = await store.search(query, { contactId: null, limit: 9_999, before: null });
  return hits.map((hit) => hit.message.id);
};
const indexed = (database: DatabaseSync) =>
  Number(database.prepare('SELECT count(*) AS count FROM message_words').get()?.['count']);

/** A copy of an open history, as the disk has it when the process is killed. */
function killed({ path }: Opened): string {
  const copy = join(temporaryFolder(), 'history.db');
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  return copy;
}

test('a message is found at once, and its words are indexed when nothing more comes', async () => {
  const { store, database, world } = await open();
  await store.addMessages(some(3));
  expect(indexed(database)).toBe(0);
  expect(await found(store, 'te')).toEqual(['2', '1', '0']);
  await world.advance(999);
  expect(indexed(database)).toBe(0);
  await world.advance(1);
  expect(indexed(database)).toBe(3);
  expect(await found(store, 'te')).toEqual(['2', '1', '0']);
  expect(world.timers).toBe(0);
  await store.close();
});

test('many messages, or much text, are indexed without waiting', async () => {
  const { store, database } = await open();
  for (let n = 0; n < 10; n += 1) await store.addMessages(some(64, n * 64));
  await settle();
  const many = indexed(database);
  expect(many).toBeGreaterThanOrEqual(512);
  await store.addMessages([theirs('ann', 'long', { body: 'long '.repeat(20_000) })]);
  await settle();
  expect(indexed(database)).toBe(641);
  await store.close();
});

test('hits come newest first over messages that are indexed and those that are not', async () => {
  const { store, world } = await open();
  await store.addMessages(some(3));
  await world.advance(2_000);
  await store.addMessages(some(3, 3));
  const page = async (before: number | null) => {
    const { hits, more } = await store.search('tea', { contactId: 'ann', limit: 2, before });
    return { ids: hits.map((hit) => hit.message.id), more, last: hits.at(-1)?.message.seq ?? 0 };
  };
  const first = await page(null);
  const second = await page(first.last);
  const third = await page(second.last);
  expect([first, second, third].map(({ ids, more }) => ({ ids, more }))).toEqual([
    { ids: ['5', '4'], more: true },
    { ids: ['3', '2'], more: true },
    { ids: ['1', '0'], more: false },
  ]);
  await store.close();
});

test('what a kill or a close left without words is found, and indexed after the next start', async () => {
  const first = await open();
  await first.store.addMessages(some(3));
  await first.world.advance(2_000);
  await first.store.addMessages(some(2, 3));
  await first.store.deleteMessage('2');
  await first.store.deleteMessage('4');
  const path = killed(first);
  await first.store.close();
  for (const it of [await open(path), await open(first.path)]) {
    expect(await found(it.store, 'tea')).toEqual(['3', '1', '0']);
    await it.world.advance(2_000);
    expect(indexed(it.database)).toBe(3);
    expect(await found(it.store, 'tea')).toEqual(['3', '1', '0']);
    await it.store.close();
  }
});

test('a history that lost all its words gets them back, and a search waits for them', async () => {
  const first = await open();
  await first.store.addMessages(some(5_000));
  await first.store.close();
  const database = new DatabaseSync(first.path);
  database.exec("INSERT INTO message_words (message_words) VALUES ('delete-all')");
  database.close();
  const second = await open(first.path);
  expect(await found(second.store, 'tea 4321')).toHaveLength(1);
  expect(indexed(second.database)).toBe(5_000);
  await second.store.close();
});

test('while the index cannot be written everything is found, and it is made up for later', async () => {
  const { store, database, world } = await open();
  await store.addMessages(some(3));
  database.exec('PRAGMA query_only = ON');
  await world.advance(2_000);
  expect(indexed(database)).toBe(0);
  expect(await found(store, 'tea')).toEqual(['2', '1', '0']);
  database.exec('PRAGMA query_only = OFF');
  await world.advance(10_000);
  expect(indexed(database)).toBe(3);
  expect(await found(store, 'tea')).toEqual(['2', '1', '0']);
  await store.close();
});
