import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { PAGE_FILE, PageFile } from '../../../../src/core/profile/page-file.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/shared/model/preferences.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const DARK = { ...DEFAULT_PREFERENCES, theme: 'dark', firstRunDone: true } as const;

function harness(folder: string | null = temporaryFolder()) {
  const onUnexpected = vi.fn();
  const onWritten = vi.fn();
  const open = () => PageFile.open({ folder, onUnexpected, onWritten });
  return { folder: folder ?? '', open, onUnexpected, onWritten };
}

test('preferences are there again after a restart, for their user only', async () => {
  const { folder, open, onUnexpected, onWritten } = harness();
  const page = await open();
  expect(page.preferences).toEqual(DEFAULT_PREFERENCES);
  page.change(DARK);
  expect((await open()).preferences).toEqual(DARK);
  if (process.platform !== 'win32') {
    expect(statSync(join(folder, PAGE_FILE)).mode & 0o777).toBe(0o600);
  }
  expect(onWritten.mock.calls).toEqual([[null]]);
  expect(onUnexpected).not.toHaveBeenCalled();
});

test('a change of one page leaves what another page has changed', async () => {
  const { open } = harness();
  const page = await open();
  page.change({ theme: 'dark' });
  page.change({ language: 'de' });
  const both = { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'de' };
  expect(page.preferences).toEqual(both);
  expect((await open()).preferences).toEqual(both);
});

test('without a folder they live as long as the host', async () => {
  const { open, onWritten } = harness(null);
  const page = await open();
  page.change(DARK);
  expect(page.preferences).toEqual(DARK);
  expect((await open()).preferences).toEqual(DEFAULT_PREFERENCES);
  expect(onWritten).not.toHaveBeenCalled();
});

test.each([
  ['half of one', '{"theme":"da'],
  ['a text that is larger than ours', ' '.repeat(65 * 1024)],
])(
  'a file that cannot be used (%s) is reported, and replaced with the next change',
  async (_, text) => {
    const { folder, open, onUnexpected } = harness();
    writeFileSync(join(folder, PAGE_FILE), text);
    const page = await open();
    expect(page.preferences).toEqual(DEFAULT_PREFERENCES);
    expect(onUnexpected).toHaveBeenCalledOnce();
    page.change(DARK);
    expect(JSON.parse(readFileSync(join(folder, PAGE_FILE), 'utf8'))).toEqual(DARK);
  },
);

test('what lies in its place and is no file is reported, and a change that cannot be written too', async () => {
  const { folder, open, onUnexpected, onWritten } = harness();
  mkdirSync(join(folder, PAGE_FILE));
  const page = await open();
  page.change(DARK);
  expect(page.preferences).toEqual(DARK);
  expect(onUnexpected).toHaveBeenCalledTimes(2);
  expect(onWritten.mock.calls).toMatchObject([[{ code: 'file-unusable' }]]);
});
