import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { LaunchOptions } from '../../../../src/main/app/launch-options.ts';
import { claimProfile, type ProfileApp, profileFolder } from '../../../../src/main/app/profile.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const plain: LaunchOptions = {
  profile: 'default',
  port: undefined,
  name: undefined,
  data: undefined,
  hidden: false,
  link: null,
  unknown: [],
};

function fakeApp(appData: string, isFirst: boolean) {
  const listeners: ((...args: unknown[]) => void)[] = [];
  const calls: string[] = [];
  const told: unknown[] = [];
  const app: ProfileApp = {
    getPath: () => appData,
    setPath: (_name, path) => {
      // Electron throws for a path that does not exist.
      expect(statSync(path).isDirectory()).toBe(true);
      calls.push(`userData ${path}`);
    },
    requestSingleInstanceLock: (data) => {
      calls.push('lock');
      told.push(data);
      return isFirst;
    },
    on: (_event, listener) => listeners.push(listener),
  };
  const launchAgain = (data: unknown): void => {
    for (const listener of listeners) listener({}, [], '/', data);
  };
  return { app, calls, told, launchAgain };
}

describe('a profile', () => {
  test('has its own folder, so that two run side by side', () => {
    const folders = ['a', 'b'].map((profile) => profileFolder('/data', { ...plain, profile }));
    expect(folders).toEqual([join('/data/Parley/profiles/a'), join('/data/Parley/profiles/b')]);
  });

  test('is stored where --data says', () => {
    expect(profileFolder('/data', { ...plain, data: 'here' })).toBe(resolve('here'));
  });

  test('is locked in its own folder before anything else happens there', () => {
    const appData = temporaryFolder();
    const { app, calls } = fakeApp(appData, true);
    const claimed = claimProfile(app, plain, () => undefined);
    const folder = join(appData, 'Parley/profiles/default');
    expect(calls).toEqual([`userData ${folder}`, 'lock']);
    expect(claimed).toEqual({ folder, dataDir: join(folder, 'peer') });
  });

  test('is not accessible to other users of the computer', () => {
    const appData = temporaryFolder();
    claimProfile(fakeApp(appData, true).app, plain, () => undefined);
    const { mode } = statSync(join(appData, 'Parley/profiles/default'));
    // Windows keeps a user's folders to that user by itself, and has no such bits.
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0);
  });

  test('belongs to the first instance, which is notified of each later launch', () => {
    const appData = temporaryFolder();
    expect(claimProfile(fakeApp(appData, false).app, plain, () => undefined)).toBeNull();

    const onSecondLaunch = vi.fn();
    const first = fakeApp(appData, true);
    claimProfile(first.app, plain, onSecondLaunch);
    expect(onSecondLaunch).not.toHaveBeenCalled();
    first.launchAgain({ hidden: false, link: null });
    expect(onSecondLaunch).toHaveBeenCalledOnce();
  });

  test('passes the options of a later launch to the first instance', () => {
    const later = { ...plain, hidden: true, link: 'parley://example.org:8080' };
    const second = fakeApp(temporaryFolder(), false);
    claimProfile(second.app, later, () => undefined);

    const onSecondLaunch = vi.fn();
    const first = fakeApp(temporaryFolder(), true);
    claimProfile(first.app, plain, onSecondLaunch);
    first.launchAgain(second.told[0]);
    expect(onSecondLaunch).toHaveBeenCalledWith({ hidden: true, link: later.link });
  });

  test.each([
    undefined,
    null,
    'text',
    { hidden: 'yes', link: null },
    { hidden: true },
    { hidden: false, link: 'https://example.org' },
    { hidden: false, link: `parley://${'a'.repeat(5_000)}` },
  ])('only shows the window when a later launch was given %j', (data) => {
    const onSecondLaunch = vi.fn();
    const { app, launchAgain } = fakeApp(temporaryFolder(), true);
    claimProfile(app, plain, onSecondLaunch);
    launchAgain(data);
    expect(onSecondLaunch).toHaveBeenCalledWith({ hidden: false, link: null });
  });
});
