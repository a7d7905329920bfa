import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ProfileData } from '../../../../src/core/profile/profile-data.ts';
import { createDataFiles } from '../../../../src/main/app/data-files.ts';
import { createDispatcher } from '../../../../src/shared/bridge/dispatcher.ts';
import { raise } from '../../../../src/shared/problems/problem.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { fakeData } from '../../../support/fake-bridge/fake-profile-data.ts';

function setUp(chosen: string | null, about: Partial<ProfileData> = {}) {
  const dialog = {
    showSaveDialog: vi.fn(async () =>
      chosen === null ? { canceled: true, filePath: '' } : { canceled: false, filePath: chosen },
    ),
    showOpenDialog: vi.fn(async () => ({
      canceled: chosen === null,
      filePaths: chosen === null ? [] : [chosen],
    })),
  };
  const onUnexpected = vi.fn();
  const files = createDataFiles({
    data: fakeData(about),
    dialog,
    folder: () => '/documents',
    now: () => Date.UTC(2026, 10, 22),
  });
  const dispatch = createDispatcher({ data: files }, onUnexpected);
  return { ask: (name: string) => dispatch('data', name, {}), dialog, onUnexpected };
}

test('an export goes where the user says, under a name with the day, for their eyes only', async () => {
  const file = join(temporaryFolder(), 'mine.ndjson');
  const { ask, dialog } = setUp(file);
  expect(await ask('exportData')).toEqual({ ok: true, value: { type: 'saved', file } });
  expect(readFileSync(file, 'utf8')).toBe('first line\nlast line\n');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  expect(dialog.showSaveDialog).toHaveBeenCalledWith(
    expect.objectContaining({ defaultPath: join('/documents', 'parley-2026-11-22.ndjson') }),
  );
});

test('an import says what it has added', async () => {
  const file = join(temporaryFolder(), 'theirs.ndjson');
  writeFileSync(file, 'one\ntwo\nthree\n');
  const { ask } = setUp(file);
  expect(await ask('importData')).toEqual({
    ok: true,
    value: { type: 'added', contacts: 0, messages: 3 },
  });
});

test('whoever closes the dialog has changed nothing', async () => {
  const { ask } = setUp(null);
  expect(await ask('exportData')).toEqual({ ok: true, value: { type: 'cancelled' } });
  expect(await ask('importData')).toEqual({ ok: true, value: { type: 'cancelled' } });
});

test('an export that breaks off leaves what was there before', async () => {
  const file = join(temporaryFolder(), 'mine.ndjson');
  writeFileSync(file, 'the old one');
  const { ask, onUnexpected } = setUp(file, {
    exportAll: async function* () {
      yield 'half';
      raise('storage', { reason: 'the disk reported an error.' });
    },
  });
  expect(await ask('exportData')).toMatchObject({ ok: false, problem: { code: 'storage' } });
  expect(readFileSync(file, 'utf8')).toBe('the old one');
  expect(onUnexpected).not.toHaveBeenCalled();
});

test('a file that cannot be used is named, and never by a raw error', async () => {
  const file = join(temporaryFolder(), 'gone', 'mine.ndjson');
  const { ask } = setUp(file);
  const problem = { code: 'file-unusable', params: { file } };
  expect(await ask('exportData')).toMatchObject({ ok: false, problem });
  expect(await ask('importData')).toMatchObject({ ok: false, problem });
  const broken = setUp(file, { info: () => Promise.reject(new Error('secret path')) });
  expect(await broken.ask('dataInfo')).toMatchObject({ ok: false, problem: { code: 'internal' } });
  expect(broken.onUnexpected).toHaveBeenCalledOnce();
});
