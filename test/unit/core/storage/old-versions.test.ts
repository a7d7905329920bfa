import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { exportStore } from '../../../../src/core/profile/export.ts';
import { importInto } from '../../../../src/core/profile/import.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { ownId } from '../../../../src/core/storage/own-id.ts';
import { SCHEMA_VERSION } from '../../../../src/core/storage/sqlite/migrations.ts';
import { openSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { theirKey, theirs } from '../../../support/storage/store-samples.ts';
import { everything } from '../../../support/storage/transfer-contract.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/store/', import.meta.url));
const versions = Array.from({ length: SCHEMA_VERSION }, (_, n) => n + 1);

async function oldExport(version: number): Promise<Store> {
  const store = createMemoryStore();
  await importInto(store, [readFileSync(join(fixtures, `v${version}.ndjson`), 'utf8')]);
  return store;
}

test('every released version has a sample history', () => {
  const names = versions.flatMap((version) => [`v${version}.db`, `v${version}.ndjson`]);
  expect(readdirSync(fixtures).sort()).toEqual(names.sort());
});

test.each(versions)(
  'a history of version %i opens, keeps everything and can be continued',
  async (version) => {
    const path = join(temporaryFolder(), 'history.db');
    copyFileSync(join(fixtures, `v${version}.db`), path);
    const store = await openSqliteStore({ path, world: systemWorld });
    expect(await everything(store)).toEqual(await everything(await oldExport(version)));
    const contacts = (await store.conversations()).map((it) => it.contact);
    // Where somebody was reached is known only since it is kept.
    expect(contacts.map(({ reached }) => reached)).toEqual(contacts.map(() => []));
    const found = await store.search('世界', { contactId: null, limit: 9, before: null });
    expect(found.hits.map((hit) => hit.message.id)).toEqual([ownId('2')]);
    expect((await store.conversation(ownId('ann')))?.unread).toBe(1);
    expect(await store.lastRead(ownId('ann'))).toBe(ownId('1'));
    const covered = await store.coveredByReceipt(ownId('ann'), ownId('5'), null, 9);
    expect(covered).toEqual([ownId('5')]);
    expect(
      await store.addMessages([theirs(ownId('ann'), '9'), theirs(ownId('eve'), ownId('4'))]),
    ).toHaveLength(1);
    expect((await store.message(theirKey(ownId('ann'), '9')))?.seq).toBe(9);
    await store.close();
  },
);

test.each(versions)(
  'an export of version %i loses nothing when it is exported again',
  async (version) => {
    let text = '';
    for await (const chunk of exportStore(await oldExport(version), Date.UTC(2026, 10, 22))) {
      text += chunk;
    }
    const lines = (all: string): unknown[] =>
      all
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line));
    // What later versions know beside it may be there too.
    // Ids that are none of ours are mapped, whatever their version.
    const old = readFileSync(join(fixtures, `v${version}.ndjson`), 'utf8').replaceAll(
      /"(id|contactId|replyTo)":"([^"]*)"/g,
      (_, field: string, id: string) => `"${field}":"${ownId(id)}"`,
    );
    expect(lines(text)).toMatchObject(lines(old));
  },
);
