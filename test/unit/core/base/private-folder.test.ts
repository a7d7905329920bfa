import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeTextFile } from '../../../../src/core/base/atomic-file.ts';
import { makePrivateFolder } from '../../../../src/core/base/private-folder.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

function folderWith(mode: number, ...names: readonly string[]): string {
  const folder = join(temporaryFolder(), 'profile');
  mkdirSync(folder);
  for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o600 });
  chmodSync(folder, mode);
  return folder;
}

describe.skipIf(process.platform === 'win32')('the profile folder', () => {
  test('is created for its user alone', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    expect(makePrivateFolder(folder)).toBeNull();
    expect(modeOf(folder)).toBe(0o700);
  });

  test.each([0o777, 0o755, 0o770, 0o701])('loses the permissions of others (%o)', (mode) => {
    const left = '.parley-4711-0badcafe.part';
    const folder = folderWith(
      mode,
      'history.db',
      'identity.pem',
      'control.json',
      'page.json',
      left,
    );
    expect(makePrivateFolder(folder)).toBeNull();
    expect(modeOf(folder)).toBe(0o700);
    expect(makePrivateFolder(folder)).toBeNull();
  });

  test('keeps its permissions when it also holds other files; that others can write to it is reported', () => {
    const folder = folderWith(0o777, 'history.db', 'thesis.odt');
    expect(makePrivateFolder(folder)).toMatchObject({ code: 'folder-open', params: { folder } });
    expect(modeOf(folder)).toBe(0o777);
    expect(makePrivateFolder(folderWith(0o755, 'thesis.odt'))).toBeNull();
  });
});

test('a profile file is not written through a symbolic link in its place', async () => {
  const folder = temporaryFolder();
  const victim = join(temporaryFolder(), 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, join(folder, 'page.json'));
  await writeTextFile(
    join(folder, 'page.json'),
    (async function* () {
      yield 'ours';
    })(),
  );
  expect(statSync(victim).size).toBe('untouched'.length);
});
