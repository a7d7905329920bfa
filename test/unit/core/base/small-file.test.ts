import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSmallFile } from '../../../../src/core/base/small-file.ts';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { readRecord } from '../../../../src/core/control/socket-path.ts';
import { loadIdentity } from '../../../../src/core/identity/identity-file.ts';
import { openSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const LIMIT = 100;

test('a small file is read whole, and a missing one is null', async () => {
  const file = join(temporaryFolder(), 'small');
  expect(await readSmallFile(file, LIMIT)).toBeNull();
  writeFileSync(file, 'x'.repeat(LIMIT));
  expect((await readSmallFile(file, LIMIT))?.length).toBe(LIMIT);
});

/** What somebody has put, or left, where a file of ours should be. */
const places: readonly (readonly [string, (file: string) => void])[] = [
  ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ['a symbolic link to an endless device', (file) => symlinkSync('/dev/zero', file)],
  ['a symbolic link to itself', (file) => symlinkSync(file, file)],
  ['a folder', (file) => mkdirSync(file)],
];

describe.skipIf(process.platform === 'win32').each(places)('%s', (_, put) => {
  const folderWith = (name: string): string => {
    const folder = temporaryFolder();
    put(join(folder, name));
    return folder;
  };

  test('in the place of a small file is refused without waiting for it', async () => {
    await expect(readSmallFile(join(folderWith('small'), 'small'), LIMIT)).rejects.toThrow();
    expect(await readRecord(folderWith('control.json'))).toBeNull();
    const unreadable = { problem: { code: 'identity-unreadable' } };
    await expect(loadIdentity(folderWith('identity.pem'))).rejects.toMatchObject(unreadable);
  });

  test.each([false, true])(
    'in the place of the history is refused without waiting for it (read only: %s)',
    async (readOnly) => {
      const path = join(folderWith('history.db'), 'history.db');
      const opening = openSqliteStore({ path, world: systemWorld, readOnly });
      await expect(opening).rejects.toMatchObject({ problem: { code: 'storage' } });
    },
  );
});

test('a file above the size limit is not read', async () => {
  const file = join(temporaryFolder(), 'large');
  writeFileSync(file, '');
  truncateSync(file, 3 * 1024 ** 3);
  await expect(readSmallFile(file, LIMIT)).rejects.toMatchObject({ code: 'EFBIG' });
});
