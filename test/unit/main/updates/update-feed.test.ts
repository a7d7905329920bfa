import { describe, expect, test } from 'vitest';
import { type FeedDeps, updateWay } from '../../../../src/main/updates/update-feed.ts';

const installed: FeedDeps = {
  platform: 'win32',
  arch: 'x64',
  version: '1.2.3',
  isPackaged: true,
  program: 'C:\\parley\\app-1.2.3\\Parley.exe',
  exists: (file) => file === 'C:\\parley\\Update.exe',
  repository: { owner: 'some-team', name: 'parley' },
};
const PAGE = 'https://github.com/some-team/parley/releases/latest';

describe('the source of updates', () => {
  test('is the system’s updater where the app was installed', () => {
    expect(updateWay(installed)).toEqual({
      way: 'updater',
      feed: 'https://update.electronjs.org/some-team/parley/win32-x64/1.2.3',
    });
    const mac = { ...installed, platform: 'darwin', arch: 'arm64', exists: () => false } as const;
    expect(updateWay(mac)).toMatchObject({ feed: expect.stringContaining('/darwin-arm64/1.2.3') });
  });

  test.each<[string, Partial<FeedDeps>]>([
    ['on Linux', { platform: 'linux', exists: () => true }],
    ['in development', { isPackaged: false }],
    ['in a copy that was only unpacked', { exists: () => false }],
  ])('is the project’s page %s', (_where, given) => {
    expect(updateWay({ ...installed, ...given })).toEqual({ way: 'manual', url: PAGE });
  });

  test('is unknown when the build names no repository', () => {
    expect(updateWay({ ...installed, repository: null })).toEqual({ way: 'manual', url: null });
  });
});
