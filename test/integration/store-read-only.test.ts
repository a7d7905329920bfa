import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { type LineChild, startChild } from '../support/storage/child-lines.ts';
import { ours, sampleContact, theirs } from '../support/storage/store-samples.ts';
import { everything } from '../support/storage/transfer-contract.ts';
import { writeProtected } from '../support/storage/write-protected.ts';

const world = systemWorld;

async function history(): Promise<string> {
  const dataDir = join(temporaryFolder(), 'profile');
  const store = await openSqliteStore({ path: join(dataDir, 'history.db'), world });
  await store.saveContact(sampleContact('ann'));
  await store.addMessages([ours('ann', '1', { body: 'tea at five' }), theirs('ann', '2')]);
  await store.close();
  return dataDir;
}

/** The same with a message more, as a crash leaves it: with its log. */
async function crashedHistory(): Promise<string> {
  const dataDir = await history();
  const running = await openSqliteStore({ path: join(dataDir, 'history.db'), world });
  await running.addMessages([ours('ann', '3')]);
  const left = join(temporaryFolder(), 'left');
  mkdirSync(left);
  cpSync(dataDir, left, { recursive: true });
  await running.close();
  return left;
}

async function openToRead(dataDir: string) {
  const store = await openSqliteStore({ path: join(dataDir, 'history.db'), world, readOnly: true });
  onTestFinished(() => store.close());
  return store;
}

const snapshotOf = (folder: string) =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]);
const copies = (pid: number = process.pid) =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`parley-read-${pid}-`));
const copiesOf = ({ child }: LineChild) => copies(child.pid);
const firstLine = async ({ lines }: LineChild) => (await lines.next()).value;

function foreign(): string {
  const dataDir = temporaryFolder();
  const database = new DatabaseSync(join(dataDir, 'history.db'));
  database.exec('CREATE TABLE theirs (x)');
  database.close();
  return dataDir;
}

function noDatabase(): string {
  const dataDir = temporaryFolder();
  writeFileSync(
    join(dataDir, 'history.db'),
    'not a database, but long enough to be one '.repeat(9),
  );
  return dataDir;
}

describe('a history opened read-only', () => {
  test('can be read, searched and exported in a read-only folder, and stays unchanged', async () => {
    const { dataDir, lift } = writeProtected(await history());
    onTestFinished(lift);
    const before = readdirSync(dataDir);
    const store = await openToRead(dataDir);
    expect((await store.page('ann', null, 9)).messages.map(({ id }) => id)).toEqual(['1', '2']);
    const found = await store.search('tea', { contactId: null, limit: 9, before: null });
    expect(found.hits.map(({ message }) => message.id)).toEqual(['1']);
    expect((await everything(store)).map(({ type }) => type)).toEqual([
      'counters',
      'contact',
      'message',
      'message',
    ]);
    expect(readdirSync(dataDir)).toEqual(before);
  });

  test('refuses every write by name and makes none', async () => {
    const dataDir = await history();
    const before = snapshotOf(dataDir);
    const store = await openToRead(dataDir);
    const refused = { problem: { code: 'storage', params: { reasonCode: 'disk-read-only' } } };
    await expect(store.addMessages([ours('ann', '3')])).rejects.toMatchObject(refused);
    await expect(store.markRead('ann', 2)).rejects.toMatchObject(refused);
    await expect(store.saveContact(sampleContact('bob'))).rejects.toMatchObject(refused);
    await expect(store.removeContact('ann')).rejects.toMatchObject(refused);
    expect(snapshotOf(dataDir)).toEqual(before);
  });

  test('with the log of a crash is read as of the crash, from a temporary copy', async () => {
    const left = await crashedHistory();
    const { dataDir: there, lift } = writeProtected(left);
    onTestFinished(lift);
    const before = snapshotOf(there);
    const copied = copies();
    const store = await openSqliteStore({ path: join(there, 'history.db'), world, readOnly: true });
    const { messages } = await store.page('ann', null, 9);
    await store.close();
    expect(messages.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(snapshotOf(there)).toEqual(before);
    expect(copies()).toEqual(copied);
  });

  test('replaces a copy left by a kill, and not one in use', async () => {
    const path = join(await crashedHistory(), 'history.db');
    const killed = startChild('store-writer.ts', [path, 'read']);
    expect(await firstLine(killed)).toBe('open');
    const inUse = startChild('store-writer.ts', [path, 'read']);
    expect(await firstLine(inUse)).toBe('open');
    expect([copiesOf(killed), copiesOf(inUse)]).toMatchObject([{ length: 1 }, { length: 1 }]);
    await killed.kill();
    expect(copiesOf(killed)).toHaveLength(1);
    await openToRead(join(path, '..'));
    expect([copiesOf(killed), copiesOf(inUse)]).toMatchObject([{ length: 0 }, { length: 1 }]);
    await inUse.kill();
  });

  test('removes no file that merely resembles a copy, and follows no link', async () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const precious = temporaryFolder();
    writeFileSync(join(precious, 'thesis.odt'), 'kept');
    const others = [
      `parley-read-${gone}-Link00`,
      `parley-read-${gone}-File00`,
      `parley-read-${gone}`,
    ];
    const [link = '', file = '', folder = ''] = others.map((name) => join(tmpdir(), name));
    onTestFinished(() => {
      for (const path of [link, file, folder]) rmSync(path, { recursive: true, force: true });
    });
    symlinkSync(precious, link);
    writeFileSync(file, '');
    mkdirSync(folder);
    await openToRead(await crashedHistory());
    expect(others.every((name) => readdirSync(tmpdir()).includes(name))).toBe(true);
    expect(readdirSync(precious)).toEqual(['thesis.odt']);
  });

  test('of an earlier version is read like a current one, and keeps its version', async () => {
    const dataDir = temporaryFolder();
    const old = fileURLToPath(new URL('../fixtures/store/v1.db', import.meta.url));
    cpSync(old, join(dataDir, 'history.db'));
    const before = snapshotOf(dataDir);
    const store = await openToRead(dataDir);
    expect(await store.conversations()).toHaveLength(3);
    expect(snapshotOf(dataDir)).toEqual(before);
  });

  test.each([
    ['is missing', 'storage', () => temporaryFolder()],
    ['is another program’s', 'store-foreign', foreign],
    ['is not a database', 'store-damaged', noDatabase],
  ])('that %s is refused by name (%s)', async (_, code, make) => {
    await expect(openToRead(make())).rejects.toMatchObject({ problem: { code } });
  });
});
