import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../../../src/core/storage/sqlite/open-database.ts';
import { WORD_TABLES } from '../../../../../../src/core/storage/sqlite/schema.ts';
import { createSqliteStore } from '../../../../../../src/core/storage/sqlite/store.ts';
import type { Store } from '../../../../../../src/core/storage/store.ts';
import { FakeWorld, settle } from '../../../../../support/basics/fake-world.ts';
import { temporaryFolder } from '../../../../../support/basics/temporary-folder.ts';
import { sampleContact, theirKey, theirs } from '../../../../../support/storage/store-samples.ts';

interface Opened {
  readonly store: Store;
  readonly database: DatabaseSync;
  readonly world: FakeWorld;
  readonly path: string;
}

async function open(path = join(temporaryFolder(), 'history.db')): Promise<Opened> {
  const world = new FakeWorld();
  const opened = await openDatabase(path, world.now);
  const store = createSqliteStore(opened, { world });
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

function integrity(path: string): unknown {
  const database = new DatabaseSync(path);
  for (const table of WORD_TABLES) {
    database.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`);
  }
  const answer = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  database.close();
  return answer;
}

/** A copy of an open history, as the disk has it when the process is killed. */
function killed({ path }: Opened): string {
  const copy = join(temporaryFolder(), 'history.db');
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  return copy;
}

test('a message is found at once, and indexed when writes pause', async () => {
  const { store, database, world } = await open();
  await store.addMessages(some(3));
  expect(indexed(database)).toBe(0);
  expect(await found(store, 'te')).toEqual(['2', '1', '0']);
  await world.advance(999);
  expect(indexed(database)).toBe(0);
  await world.advance(1);
  expect(indexed(database)).toBe(3);
  expect(await found(store, 'te')).toEqual(['2', '1', '0']);
  await world.advance(2_000);
  expect(world.timers).toBe(0);
  await store.close();
});

test('many messages, or long ones, are indexed as soon as writes pause for an instant', async () => {
  const { store, database, world } = await open();
  for (let n = 0; n < 10; n += 1) await store.addMessages(some(64, n * 64));
  expect(indexed(database)).toBe(0);
  await world.advance(20);
  expect(indexed(database)).toBe(640);
  await store.addMessages([theirs('ann', 'long', { body: 'long '.repeat(20_000) })]);
  await world.advance(20);
  expect(indexed(database)).toBe(641);
  await store.close();
});

describe('a long message', () => {
  const words = Array.from({ length: 5_000 }, (_, n) => `word${n}`);
  /** Every pair of neighbours is a phrase of a query, as `a-b` is. */
  const body = words.join('-');
  const rows = (database: DatabaseSync) =>
    Number(database.prepare('SELECT count(*) AS count FROM long_message_words').get()?.['count']);

  async function withLong(): Promise<Opened> {
    const opened = await open();
    await opened.store.addMessages([
      theirs('ann', 'before', { body: 'word1 word4999' }),
      theirs('ann', 'long', { body }),
      theirs('ann', 'after', { body: 'word1 word4999' }),
    ]);
    await opened.world.advance(2_000);
    expect(indexed(opened.database)).toBe(3);
    expect(rows(opened.database)).toBe(5);
    return opened;
  }

  test('is found by words of different parts, in its place among others', async () => {
    const { store } = await withLong();
    expect(await found(store, 'word1 word4999')).toEqual(['after', 'long', 'before']);
    expect(await found(store, 'word1 word5000')).toEqual([]);
    expect(await found(store, 'word2500 word499')).toEqual(['long']);
    const { hits, more } = await store.search('word1', {
      contactId: 'ann',
      limit: 2,
      before: null,
    });
    expect(hits.map(({ message }) => message.id)).toEqual(['after', 'long']);
    expect(more).toBe(true);
    await store.close();
  });

  test('is found by signs and words in several pages, each read once', async () => {
    const { store, world } = await open();
    const long = (n: number) => theirs('ann', `${n}`, { body: `${body} @ mail ${n}` });
    for (let n = 0; n < 30; n += 1) await store.addMessages([long(n)]);
    await world.advance(5_000);
    expect(await found(store, '@mail')).toEqual([]);
    const ids: string[] = [];
    let before: number | null = null;
    for (let more = true; more; ) {
      const page = await store.search('word1-word2 @', { contactId: 'ann', limit: 7, before });
      ids.push(...page.hits.map(({ message }) => message.id));
      before = page.hits.at(-1)?.message.seq ?? 0;
      more = page.more;
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, n) => `${29 - n}`));
    expect(await store.search('word1', { contactId: null, limit: 7, before: 0 })).toEqual({
      hits: [],
      more: false,
    });
    await store.close();
  });

  test('is found by every phrase, also where a row ends', async () => {
    const { store } = await withLong();
    for (let n = 0; n + 3 < words.length; n += 1) {
      const phrase = words.slice(n, n + 3).join('.');
      if (n % 1_024 < 4 || n % 1_024 > 1_020) expect(await found(store, phrase)).toEqual(['long']);
    }
    await store.close();
  });

  test('leaves nothing in the index when it is deleted', async () => {
    const { store, database, world, path } = await withLong();
    await store.deleteMessage(theirKey('ann', 'long'));
    expect(rows(database)).toBe(0);
    expect(await found(store, 'word2500')).toEqual([]);
    await world.advance(5_000);
    await store.close();
    expect(readFileSync(path).includes('word2500')).toBe(false);
    expect(integrity(path)).toBe('ok');
  });

  test.each([1, 2, 3, 4])('continues after a kill with %i rows written', async (written) => {
    const { world, ticking } = tickingWorld(3);
    const path = join(temporaryFolder(), 'history.db');
    const opened = await openDatabase(path, world.now);
    const store = createSqliteStore(opened, { world: ticking });
    await store.saveContact(sampleContact('ann'));
    await store.addMessages([theirs('ann', 'long', { body })]);
    while (rows(opened.database) < written) await world.advance(20);
    expect(indexed(opened.database)).toBe(0);
    const left = killed({ path } as Opened);
    await store.close();
    const again = await open(left);
    expect(await found(again.store, 'word1 word4999')).toEqual(['long']);
    await again.world.advance(10_000);
    expect(indexed(again.database)).toBe(1);
    expect(rows(again.database)).toBe(5);
    expect(await found(again.store, 'word1 word4999')).toEqual(['long']);
    await again.store.close();
    expect(integrity(left)).toBe('ok');
  });
});

test('hits come newest first over indexed and unindexed messages', async () => {
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

test('messages left unindexed by a kill or a close are found, and indexed after the next start', async () => {
  const first = await open();
  await first.store.addMessages(some(3));
  await first.world.advance(2_000);
  await first.store.addMessages(some(2, 3));
  await first.store.deleteMessage(theirKey('ann', '2'));
  await first.store.deleteMessage(theirKey('ann', '4'));
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

/** A world whose clock is a step further whenever it is looked at, milliseconds. */
function tickingWorld(step = 1) {
  const world = new FakeWorld();
  let ticks = 0;
  const uptime = () => {
    ticks += step;
    return world.uptime() + ticks;
  };
  return { world, ticking: { uptime, after: world.after } };
}

describe('a history indexed by an older tokeniser', () => {
  const COUNT = 2_000;

  /** As an earlier version left it, which found neither of the two by `lodz`. */
  async function earlier(): Promise<string> {
    const first = await open();
    await first.store.addMessages([
      theirs('ann', 'old', { body: 'Do Łodzi przez Łódź' }),
      ...some(COUNT),
      theirs('ann', 'new', { body: 'Łódź' }),
    ]);
    await first.world.advance(2_000);
    expect(indexed(first.database)).toBe(COUNT + 2);
    await first.store.close();
    const database = new DatabaseSync(first.path);
    database.exec('DROP INDEX messages_delivered; DROP INDEX messages_received');
    database.exec('DROP TABLE long_message_words');
    database.exec('PRAGMA user_version = 4');
    database.close();
    return first.path;
  }

  test('is searched from the start, and reindexed in steps that yield to other work', async () => {
    const path = await earlier();
    const { world, ticking } = tickingWorld();
    const opened = await openDatabase(path, world.now);
    const store = createSqliteStore(opened, { world: ticking });
    expect(indexed(opened.database)).toBeLessThan(COUNT);
    const order: string[] = [];
    const searching = found(store, 'lodz').then((ids) => {
      order.push('searched');
      return ids;
    });
    const read = store.receivedCount().then(() => order.push('read'));
    expect(await searching).toEqual(['new', 'old']);
    await read;
    expect(order).toEqual(['read', 'searched']);
    while (indexed(opened.database) < COUNT + 2) await world.advance(1_000);
    expect(await found(store, 'lodz')).toEqual(['new', 'old']);
    expect(await found(store, 'tea 4')).toContain('4');
    await store.close();
    expect(integrity(path)).toBe('ok');
  });

  test('resumes reindexing where it was killed', async () => {
    const path = await earlier();
    const { world, ticking } = tickingWorld();
    const opened = await openDatabase(path, world.now);
    const store = createSqliteStore(opened, { world: ticking });
    for (let n = 0; n < 4; n += 1) await settle();
    const done = indexed(opened.database);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(COUNT);
    const left = killed({ path } as Opened);
    await store.close();
    const again = await open(left);
    expect(await found(again.store, 'lodz')).toEqual(['new', 'old']);
    await again.world.advance(10_000);
    expect(indexed(again.database)).toBe(COUNT + 2);
    expect(await found(again.store, 'lodz')).toEqual(['new', 'old']);
    await again.store.close();
    expect(integrity(left)).toBe('ok');
  });
});

test('a history that lost its whole index still finds everything, and rebuilds it', async () => {
  const first = await open();
  await first.store.addMessages(some(5_000));
  await first.store.close();
  const database = new DatabaseSync(first.path);
  database.exec("INSERT INTO message_words (message_words) VALUES ('delete-all')");
  database.close();
  const second = await open(first.path);
  expect(await found(second.store, 'tea 4321')).toHaveLength(1);
  await second.world.advance(10_000);
  expect(indexed(second.database)).toBe(5_000);
  expect(await found(second.store, 'tea 4321')).toHaveLength(1);
  await second.store.close();
});

test('while the index cannot be written everything is found, and it catches up later', async () => {
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

describe('deleted text leaves the file', () => {
  const rare = 'qzxvjkwyrare';
  const bytes = (path: string) => readFileSync(path).includes('zxvjkwyrare');
  const withRare = (contact: string, count: number) =>
    Array.from({ length: count }, (_, n) =>
      theirs(contact, `${contact} ${n}`, { body: `${rare} ${n}` }),
    );

  async function filled(): Promise<Opened> {
    const opened = await open();
    await opened.store.saveContact(sampleContact('bob'));
    await opened.store.addMessages(some(2_000));
    await opened.store.addMessages(withRare('bob', 300));
    await opened.world.advance(5_000);
    return opened;
  }

  test.each<[string, (store: Store) => Promise<unknown>]>([
    ['a conversation', (store) => store.deleteMessages('bob', Number.MAX_SAFE_INTEGER, 1_000)],
    ['a contact', (store) => store.removeContact('bob')],
    [
      'message by message',
      async (store) => {
        for (let n = 0; n < 300; n += 1) await store.deleteMessage(theirKey('bob', `bob ${n}`));
      },
    ],
  ])('after deleting %s', async (_, remove) => {
    const kept = await filled();
    await kept.store.close();
    expect(bytes(kept.path)).toBe(true);
    const { store, world, path } = await open(kept.path);
    await remove(store);
    await world.advance(5_000);
    expect(await found(store, rare)).toEqual([]);
    expect(await found(store, 'tea')).toHaveLength(2_000);
    await store.close();
    expect(bytes(path)).toBe(false);
    expect(integrity(path)).toBe('ok');
  });

  test('after the next start, when the program ended too early', async () => {
    const first = await filled();
    await first.store.removeContact('bob');
    const copy = killed(first);
    await first.store.close();
    for (const path of [copy, first.path]) {
      const next = await open(path);
      await next.world.advance(5_000);
      expect(await found(next.store, 'tea')).toHaveLength(2_000);
      await next.store.close();
      expect(bytes(path)).toBe(false);
    }
  });
});

test('the index is merged in small steps, so that it has few segments', async () => {
  const { store, database, world } = await open();
  for (let n = 0; n < 100; n += 1) {
    await store.addMessages(some(20, n * 20));
    await world.advance(2_000);
  }
  const parts = database.prepare('SELECT count(DISTINCT segid) AS count FROM message_words_idx');
  expect(Number(parts.get()?.['count'])).toBeLessThan(16);
  expect(await found(store, 'tea')).toHaveLength(2_000);
  await store.close();
});

test('an idle history is not written to', async () => {
  const first = await open();
  await first.store.addMessages(some(10));
  await first.store.deleteMessage(theirKey('ann', '3'));
  await first.world.advance(10_000);
  await first.store.close();
  const world = new FakeWorld();
  const store = createSqliteStore(await openDatabase(first.path, world.now), {
    world,
  });
  await world.advance(10_000);
  expect(await found(store, 'tea')).toHaveLength(9);
  expect(statSync(`${first.path}-wal`).size).toBe(0);
  await store.close();
});

test('a history without an index is reindexed step by step, however long it is', async () => {
  const { store, path, world } = await open();
  const count = 3_000;
  for (let first = 0; first < count; first += 500) await store.addMessages(some(500, first));
  await store.close();
  const file = new DatabaseSync(path);
  file.exec("INSERT INTO message_words (message_words) VALUES ('delete-all')");
  file.close();
  let uptime = 0;
  // Each look at the clock takes a millisecond, so that a step ends after a few messages.
  const slow = { now: world.now, after: world.after, uptime: () => (uptime += 1) };
  const opened = await openDatabase(path, world.now);
  const again = createSqliteStore(opened, { world: slow });
  // No timer fires: only so few are left as wait for more in any history.
  await expect.poll(() => indexed(opened.database)).toBeGreaterThan(count - 256);
  await again.close();
});
