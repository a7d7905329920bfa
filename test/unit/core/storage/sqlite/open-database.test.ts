import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../../src/core/base/system-world.ts';
import { foundSoundElsewhere } from '../../../../../src/core/storage/sqlite/check-pages.ts';
import { SCHEMA_VERSION } from '../../../../../src/core/storage/sqlite/migrations.ts';
import { openSqliteStore } from '../../../../../src/core/storage/sqlite/store.ts';
import { temporaryFolder } from '../../../../support/basics/temporary-folder.ts';
import { ourKey, ours, sampleContact } from '../../../../support/storage/store-samples.ts';

const world = { ...systemWorld, now: () => Date.UTC(2026, 10, 22, 12) };
const open = (path: string) => openSqliteStore({ path, world });
const newPath = () => join(temporaryFolder(), 'history.db');

/** A closed history of some pages. */
async function written(): Promise<string> {
  const path = newPath();
  const store = await open(path);
  await store.saveContact(sampleContact('ann'));
  await store.addMessages(
    Array.from({ length: 500 }, (_, n) =>
      ours('ann', `${n}`, { body: `message ${n} `.repeat(20) }),
    ),
  );
  await store.close();
  return path;
}

/** A history as a crash leaves it: with its write-ahead log. */
async function crashed(): Promise<string> {
  const source = await written();
  const store = await open(source);
  await store.addMessages([ours('ann', 'in the log')]);
  const path = newPath();
  for (const end of ['', '-wal']) copyFileSync(`${source}${end}`, `${path}${end}`);
  await store.close();
  return path;
}

/** Opening is refused with `code` and leaves every byte where it was, and what is not ours its mode. */
async function refused(path: string, code: string): Promise<string> {
  const before = readFileSync(path);
  const { mode } = statSync(path);
  const log = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : null;
  const opening = open(path);
  await expect(opening).rejects.toMatchObject({ problem: { code } });
  expect(readFileSync(path).equals(before)).toBe(true);
  if (code === 'store-foreign') expect(statSync(path).mode).toBe(mode);
  if (log) expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
  return opening.then(String, (error: Error) => error.message);
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function overwrite(path: string, from: number, to: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, from, to);
  writeFileSync(path, bytes);
}

describe('opening a history', () => {
  test('creates the file and its folder readable by the user alone', async () => {
    const path = join(temporaryFolder(), 'deep', 'profile', 'history.db');
    const store = await open(path);
    await store.saveContact(sampleContact('ann'));
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test('recovers everything from the write-ahead log of a crash', async () => {
    const store = await open(await crashed());
    expect((await store.message(ourKey('ann', 'in the log')))?.contactId).toBe('ann');
    await store.close();
  });

  test('twice in one process is refused, and does not release the lock', async () => {
    const path = newPath();
    const store = await open(path);
    const message = await refused(path, 'profile-in-use');
    expect(message).toContain('Another copy of Parley');
    await store.close();
    await (await open(path)).close();
  });

  test('syncs every commit to the disk and enforces foreign keys', async () => {
    const path = await written();
    const database = new DatabaseSync(path);
    const value = (name: string) => database.prepare(`PRAGMA ${name}`).get()?.[name];
    expect(value('journal_mode')).toBe('wal');
    expect(value('application_id')).toBe(0x50726c79);
    expect(value('user_version')).toBe(SCHEMA_VERSION);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    database.close();
  });

  test('written by a newer version is refused and left unchanged', async () => {
    const path = await written();
    change(path, 'PRAGMA user_version = 99');
    expect(await refused(path, 'store-newer')).toContain('history.db');
    expect(readdirSync(join(path, '..'))).toEqual(['history.db']);
  });

  test('of another program is refused and left unchanged', async () => {
    const path = newPath();
    change(path, 'CREATE TABLE photos (id INTEGER)');
    await refused(path, 'store-foreign');
    change(path, 'PRAGMA application_id = 42');
    await refused(path, 'store-foreign');
  });

  test('in an empty file creates a new one', async () => {
    const path = newPath();
    writeFileSync(path, '');
    const store = await open(path);
    expect(await store.conversations()).toEqual([]);
    await store.close();
  });

  test('is refused with a reason when a folder is in its place', async () => {
    const path = newPath();
    mkdirSync(path);
    await expect(open(path)).rejects.toMatchObject({ problem: { code: 'storage' } });
  });
});

describe('a damaged history is refused, left unchanged and copied', () => {
  const half = (path: string) => Math.floor(statSync(path).size / 2 / 4096) * 4096;
  const damages: readonly [string, (path: string) => void][] = [
    ['truncated', (path) => truncateSync(path, half(path))],
    ['truncated within a page', (path) => truncateSync(path, half(path) + 100)],
    ['cut down to its header', (path) => truncateSync(path, 100)],
    ['random bytes', (path) => writeFileSync(path, Buffer.alloc(20_000, 'random bytes '))],
    ['one short text', (path) => writeFileSync(path, 'hello')],
    ['zeroed', (path) => writeFileSync(path, Buffer.alloc(8_192))],
    ['with pages overwritten', (path) => overwrite(path, 4096 * 20, 4096 * 45)],
    ['with its schema overwritten', (path) => overwrite(path, 100, 4096)],
  ];

  test.each(damages)('%s', async (_, damage) => {
    const path = await written();
    damage(path);
    const message = await refused(path, 'store-damaged');
    expect(message).toContain('history-damaged-2026-11-22.db');
    const copy = join(path, '..', 'history-damaged-2026-11-22.db');
    expect(readFileSync(copy).equals(readFileSync(path))).toBe(true);
    await refused(path, 'store-damaged');
    expect(readdirSync(join(path, '..')).sort()).toEqual([
      'history-damaged-2026-11-22.db',
      'history.db',
    ]);
  });

  test('with the write-ahead log of a crash', async () => {
    const path = await crashed();
    overwrite(path, 4096 * 20, 4096 * 45);
    await refused(path, 'store-damaged');
    const copy = join(path, '..', 'history-damaged-2026-11-22.db');
    for (const end of ['', '-wal']) {
      expect(readFileSync(`${copy}${end}`).equals(readFileSync(`${path}${end}`))).toBe(true);
    }
  });

  test('again in another way on the same day: both copies are kept', async () => {
    const path = await written();
    truncateSync(path, half(path));
    await refused(path, 'store-damaged');
    truncateSync(path, 4096);
    expect(await refused(path, 'store-damaged')).toContain('history-damaged-2026-11-22-2.db');
    expect(readdirSync(join(path, '..'))).toHaveLength(3);
  });
});

describe('a large history is checked in a thread of its own', () => {
  async function large(): Promise<string> {
    const path = newPath();
    const store = await open(path);
    await store.saveContact(sampleContact('ann'));
    const body = 'a long message '.repeat(2_000);
    for (let n = 0; n < 300; n += 1) await store.addMessages([ours('ann', `${n}`, { body })]);
    await store.close();
    return path;
  }

  test('and passes when it is sound, leaving no files', async () => {
    const path = await large();
    const before = readFileSync(path);
    expect(await foundSoundElsewhere(path)).toBe(true);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, '..'))).toEqual(['history.db']);
    const store = await open(path);
    expect(await foundSoundElsewhere(path)).toBe(false);
    await refused(path, 'profile-in-use');
    expect((await store.page('ann', null, 1)).messages[0]?.id).toBe('299');
    await store.close();
  });

  test('and is refused when it is damaged, left unchanged and copied', async () => {
    const path = await large();
    overwrite(path, 4096 * 1_000, 4096 * 1_400);
    expect(await foundSoundElsewhere(path)).toBe(false);
    await refused(path, 'store-damaged');
    const copy = join(path, '..', 'history-damaged-2026-11-22.db');
    expect(readFileSync(copy).equals(readFileSync(path))).toBe(true);
  });

  test('unlike a small one', async () => {
    expect(await foundSoundElsewhere(await written())).toBe(false);
  });
});
