import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openDatabase } from '../../src/core/storage/sqlite/open-database.ts';
import { createSqliteStore, openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import type { Store } from '../../src/core/storage/store.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { smallDisk } from '../support/storage/small-disk.ts';
import { ours, sampleContact } from '../support/storage/store-samples.ts';

interface FullDisk {
  readonly store: Store;
  readonly path: string;
  readonly makeRoom: () => void;
}

/** A store on a real disk that a big file fills. */
async function onSmallDisk(): Promise<FullDisk | null> {
  const folder = smallDisk(4_000);
  if (folder === null) return null;
  const path = join(folder, 'history.db');
  const store = await openSqliteStore({ path, world: systemWorld });
  await store.saveContact(sampleContact('ann'));
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(3_000_000));
  return { store, path, makeRoom: () => rmSync(ballast) };
}

/** A store whose file may not grow. */
async function withPageLimit(): Promise<FullDisk> {
  const path = join(temporaryFolder(), 'history.db');
  const opened = await openDatabase(path, systemWorld.now);
  const store = createSqliteStore(opened, { world: systemWorld });
  await store.saveContact(sampleContact('ann'));
  opened.database.exec('PRAGMA max_page_count = 100');
  return { store, path, makeRoom: () => opened.database.exec('PRAGMA max_page_count = 9999') };
}

test.each([
  ['a full disk', async () => (await onSmallDisk()) ?? withPageLimit()],
  ['a file size limit', withPageLimit],
])(
  '%s: accepted messages stay, the refusal has its reason, and writes resume with free space',
  async (_, make) => {
    const { store, path, makeRoom } = await make();
    const accepted: string[] = [];
    const big = (id: string) => ours('ann', id, { body: `${id} `.repeat(5_000) });
    const full = { problem: { code: 'storage', params: { reason: 'the disk is full.' } } };
    let refused: unknown = null;
    for (let n = 0; n < 500 && refused === null; n += 1) {
      const outcomes = await Promise.allSettled([
        store.addMessages([big(`${n} a`)]),
        store.addMessages([big(`${n} b`)]),
      ]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') refused = outcome.reason;
        else accepted.push(...outcome.value.map((it) => it.id));
      }
    }
    expect(refused).toMatchObject(full);
    const ids = async () => (await store.page('ann', null, 9_999)).messages.map((it) => it.id);
    expect(await ids()).toEqual(accepted);

    makeRoom();
    await store.addMessages([big('at last')]);
    expect(await ids()).toEqual([...accepted, 'at last']);
    await store.close();
    const again = await openSqliteStore({ path, world: systemWorld });
    expect((await again.page('ann', null, 9_999)).messages).toHaveLength(accepted.length + 1);
    await again.close();
    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  },
);

test('a history that becomes read-only refuses writes, still reads, and recovers', async () => {
  const path = join(temporaryFolder(), 'history.db');
  const opened = await openDatabase(path, systemWorld.now);
  const store = createSqliteStore(opened, { world: systemWorld });
  await store.saveContact(sampleContact('ann'));
  await store.addMessages([ours('ann', '1')]);
  opened.database.exec('PRAGMA query_only = ON');
  await expect(store.addMessages([ours('ann', '2')])).rejects.toMatchObject({
    problem: { code: 'storage', params: { reason: 'the file may not be written.' } },
  });
  expect((await store.conversation('ann'))?.lastMessage?.id).toBe('1');
  opened.database.exec('PRAGMA query_only = OFF');
  await store.addMessages([ours('ann', '3')]);
  expect((await store.conversation('ann'))?.lastMessage?.id).toBe('3');
  await store.close();
});
