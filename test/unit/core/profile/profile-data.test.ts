import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileData } from '../../../../src/core/profile/profile-data.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { fakeData } from '../../../support/fake-bridge/fake-profile-data.ts';

test('the size of a profile is the sum of its files', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'copies'));
  writeFileSync(join(folder, 'history.db'), 'x'.repeat(1_000));
  writeFileSync(join(folder, 'copies/old.db'), 'x'.repeat(234));
  expect(await profileData(folder, fakeData()).info()).toEqual({ folder, bytes: 1_234 });
});

test('a missing profile has no size', async () => {
  const folder = join(temporaryFolder(), 'gone');
  expect(await profileData(folder, fakeData()).info()).toEqual({ folder, bytes: 0 });
  expect(await profileData(null, fakeData()).info()).toEqual({ folder: null, bytes: 0 });
});
