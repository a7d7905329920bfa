import { chmodSync, chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { startChild } from '../support/storage/child-lines.ts';
import { sampleContact } from '../support/storage/store-samples.ts';

const open = (path: string) => openSqliteStore({ path, world: systemWorld });
const firstLine = async (lines: AsyncIterator<string>) => (await lines.next()).value;

test('an acknowledged message survives kill -9, ten times over', async () => {
  const path = join(temporaryFolder(), 'history.db');
  const reported: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const writer = startChild('store-writer.ts', [path, `${round}`]);
    expect(await firstLine(writer.lines)).toBe('open');
    const enough = reported.length + 1 + Math.floor(Math.random() * 60);
    let killing: Promise<void> | null = null;
    for await (const id of writer.lines) {
      reported.push(id);
      if (reported.length >= enough) killing ??= writer.kill();
    }
    await killing;

    const store = await open(path);
    const stored = (await store.page('ann', null, 1_000_000)).messages.map((it) => it.id);
    await store.close();
    const there = new Set(stored);
    expect(reported.filter((id) => !there.has(id))).toEqual([]);
    expect(there.size).toBe(stored.length);
    const known = new Set(reported);
    expect(stored.filter((id) => known.has(id))).toEqual(reported);

    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  }
  expect(reported.length).toBeGreaterThan(10);
});

test('a profile is open in one process at a time, and free again after kill -9', async () => {
  const path = join(temporaryFolder(), 'history.db');
  const holder = startChild('store-writer.ts', [path, 'hold']);
  expect(await firstLine(holder.lines)).toBe('open');
  await expect(open(path)).rejects.toMatchObject({ problem: { code: 'profile-in-use' } });
  const other = startChild('store-writer.ts', [path, 'hold']);
  expect(await firstLine(other.lines)).toBe('profile-in-use');
  await holder.kill();

  const store = await open(path);
  await store.saveContact(sampleContact('ann'));
  const late = startChild('store-writer.ts', [path, 'hold']);
  expect(await firstLine(late.lines)).toBe('profile-in-use');
  await expect(open(path)).rejects.toMatchObject({ problem: { code: 'profile-in-use' } });
  const again = startChild('store-writer.ts', [path, 'hold']);
  expect(await firstLine(again.lines)).toBe('profile-in-use');
  await store.close();
  const last = startChild('store-writer.ts', [path, 'hold']);
  expect(await firstLine(last.lines)).toBe('open');
});

test('a read-only history is refused with a reason and stays unchanged', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'history.db');
  const store = await open(path);
  await store.saveContact(sampleContact('ann'));
  await store.close();
  const before = readFileSync(path);
  chmodSync(path, 0o400);
  chmodSync(folder, 0o500);
  // The superuser may write everything, so as that user the test lets `nobody` try.
  const nobody = 65_534;
  const root = process.getuid?.() === 0;
  if (root) for (const it of [path, folder]) chownSync(it, nobody, nobody);
  const user = root ? { uid: nobody, gid: nobody } : {};
  const child = startChild('store-writer.ts', [path, 'hold'], user);
  expect(await firstLine(child.lines)).toBe('storage');
  expect(readFileSync(path).equals(before)).toBe(true);
  chmodSync(folder, 0o700);
});
