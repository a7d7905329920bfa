import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileFolder } from '../../../src/hosts/profile-folder.ts';
import { profileFolder as electronFolder } from '../../../src/main/app/profile.ts';

const system = (platform: NodeJS.Platform, env: Record<string, string> = {}) => ({
  platform,
  home: '/home/ann',
  env,
});

test.each([
  ['linux', {}, '/home/ann/.config'],
  ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf'],
  ['darwin', {}, '/home/ann/Library/Application Support'],
  ['win32', { APPDATA: '/roaming' }, '/roaming'],
  ['win32', {}, '/home/ann/AppData/Roaming'],
] as const)(
  'on %s %j a profile is in the same folder as for the Electron host',
  (platform, env, appData) => {
    const folder = profileFolder('Bob', system(platform, env));
    const options = {
      profile: 'bob',
      port: undefined,
      name: undefined,
      data: undefined,
      hidden: false,
      link: null,
      unknown: [],
    };
    // Electron keeps Chromium's files in the profile's folder and ours in `peer` inside it.
    expect(folder).toBe(join(electronFolder(join(appData), options), 'peer'));
  },
);

test.each(['', '..', '../x', 'a/b', 'a\\b', '.hidden', 'con', 'x'.repeat(33), 'a b', 'é'])(
  '%j is not a profile name',
  (name) => {
    expect(() => profileFolder(name, system('linux'))).toThrow('is not a profile name');
  },
);
