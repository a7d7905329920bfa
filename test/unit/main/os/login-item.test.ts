import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoginItemSettings } from 'electron';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  execWord,
  forgetLogins,
  type LoginItemDeps,
  loginItem,
} from '../../../../src/main/os/login-item.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

const OFF: LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [],
};

function deps(
  platform: NodeJS.Platform,
  {
    now = OFF,
    ...more
  }: Partial<LoginItemDeps> & { now?: LoginItemSettings; isPackaged?: boolean } = {},
) {
  const appData = temporaryFolder();
  const app = {
    isPackaged: more.isPackaged ?? true,
    getPath: () => appData,
    getLoginItemSettings: vi.fn(() => now),
    setLoginItemSettings: vi.fn(),
  };
  const given: LoginItemDeps = {
    app,
    platform,
    execPath: '/opt/Parley/parley',
    appImage: undefined,
    profile: 'default',
    defaultProfile: 'default',
    usualFolder: true,
    ...more,
  };
  return { app, file: join(appData, 'autostart/parley.desktop'), folder: appData, given };
}

describe('start at login', () => {
  test.each(['linux', 'darwin', 'win32'] as const)(
    'is unavailable in a development build (%s)',
    (it) => {
      const { app, folder, given } = deps(it, { isPackaged: false });
      const item = loginItem(given);
      expect([item.available, item.isOn(), item.startedThisCopy()]).toEqual([false, false, false]);
      item.set(true);
      expect(readdirSync(folder)).toEqual([]);
      expect(app.setLoginItemSettings).not.toHaveBeenCalled();
    },
  );

  test('is unavailable for a profile in another folder, and on systems without it', () => {
    expect(loginItem(deps('linux', { usualFolder: false }).given).available).toBe(false);
    expect(loginItem(deps('freebsd').given).available).toBe(false);
  });
});

describe('start at login on Linux', () => {
  test('is a desktop entry that starts this program hidden', () => {
    const { file, given } = deps('linux');
    const item = loginItem(given);
    expect([item.available, item.isOn()]).toEqual([true, false]);
    item.set(true);
    expect(item.isOn()).toBe(true);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toContain('Exec="/opt/Parley/parley" "--hidden"');
    expect(lines[0]).toBe('[Desktop Entry]');
    expect(lines).toContain('Type=Application');
    expect(lines).toContain('Name=Parley');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(['parley.desktop']);
    item.set(false);
    expect(existsSync(file)).toBe(false);
    expect(item.isOn()).toBe(false);
    item.set(false);
  });

  test('starts the AppImage itself, not its current mount point', () => {
    const { file, given } = deps('linux', { appImage: '/home/me/My Apps/Parley.AppImage' });
    loginItem(given).set(true);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/home/me/My Apps/Parley.AppImage" ');
  });

  test('has one entry per profile', () => {
    const { folder, given } = deps('linux', { profile: 'work' });
    loginItem(given).set(true);
    const text = readFileSync(join(folder, 'autostart/parley-work.desktop'), 'utf8');
    expect(text).toContain('"--hidden" "--profile=work"');
  });

  test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', ' hidden = True '])(
    'is off when the desktop’s own settings say so: %s',
    (line) => {
      const { file, given } = deps('linux');
      const item = loginItem(given);
      item.set(true);
      const text = readFileSync(file, 'utf8').replace(/^X-GNOME.*$/m, '');
      writeFileSync(file, `${text}\n${line}\n`);
      expect(item.isOn()).toBe(false);
      item.set(true);
      expect(item.isOn()).toBe(true);
    },
  );

  test('reports a failed write', () => {
    const { file, given } = deps('linux');
    mkdirSync(join(file, 'taken'), { recursive: true });
    expect(() => loginItem(given).set(true)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'file-unusable' }) }),
    );
  });

  test('quotes any path so that a desktop reads the same path', () => {
    expect(execWord('/a b/"$x`\\%f')).toBe('"/a b/\\\\"\\\\$x\\\\`\\\\\\\\%%f"');
    // How a desktop reads it: first as a string, then as a quoted word, then its fields.
    const read = (word: string): string =>
      word
        .replace(/\\\\/g, '\\')
        .slice(1, -1)
        .replace(/\\(["`$\\])/g, '$1')
        .replaceAll('%%', '%');
    fc.assert(
      fc.property(
        fc.string().filter((it) => !/[\n\r]/.test(it)),
        (path) => {
          expect(read(execWord(path))).toBe(path);
        },
      ),
    );
  });
});

describe('start at login on macOS', () => {
  test('uses the system’s own list', () => {
    const { app, given } = deps('darwin');
    const item = loginItem(given);
    item.set(true);
    item.set(false);
    expect(app.setLoginItemSettings.mock.calls).toEqual([
      [{ openAtLogin: true }],
      [{ openAtLogin: false }],
    ]);
    expect([item.available, item.isOn(), item.startedThisCopy()]).toEqual([true, false, false]);
    const now = { ...OFF, openAtLogin: true, wasOpenedAtLogin: true };
    const on = loginItem(deps('darwin', { now }).given);
    expect([on.isOn(), on.startedThisCopy()]).toEqual([true, true]);
  });

  test('is pending while the user has not yet approved it', () => {
    const now = { ...OFF, status: 'requires-approval' as const };
    expect(loginItem(deps('darwin', { now }).given).waits()).toBe(true);
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      expect(loginItem(deps(platform).given).waits()).toBe(false);
    }
  });

  test('is for the default profile only, as an entry has no arguments', () => {
    expect(loginItem(deps('darwin', { profile: 'work' }).given).available).toBe(false);
  });
});

/**
 * Windows' list as Electron reads and writes it: what is looked for is a command line, of which the
 * program counts, up to the first space when it stands in no quotes.
 */
function windowsList() {
  const entries = new Map<string, { path: string; args: string[]; enabled: boolean }>();
  const programOf = (line: string): string =>
    (/^"([^"]*)"/.exec(line)?.[1] ?? line.split(' ')[0] ?? '').toLowerCase();
  const app: LoginItemDeps['app'] = {
    isPackaged: true,
    getPath: () => '',
    getLoginItemSettings: ({ path = '' } = {}) => ({
      ...OFF,
      launchItems: [...entries]
        .filter(([, it]) => programOf(`"${it.path}"`) === programOf(path))
        .map(([name, it]) => ({ name, scope: 'user' as const, ...it })),
    }),
    setLoginItemSettings: ({ openAtLogin, path = '', args = [], name = '' }) => {
      if (openAtLogin) {
        entries.set(name, { path: path.replace(/^"(.*)"$/, '$1'), args, enabled: true });
      } else entries.delete(name);
    },
  };
  return { app, entries };
}

describe('start at login on Windows', () => {
  const EXE = 'Parley.exe';
  const EXEC_PATH = 'C:\\Users\\Ann Lee\\AppData\\Local\\parley\\app-1.0.0\\Parley.exe';
  const on = (app: LoginItemDeps['app'], profile = 'default') =>
    loginItem({ ...deps('win32').given, app, execPath: EXEC_PATH, profile });

  test('starts the newest version, hidden, by the stub beside the versions', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'app-1.0.0'));
    const execPath = join(folder, 'app-1.0.0', EXE);
    const { app, given } = deps('win32', { execPath });
    loginItem(given).set(true);
    writeFileSync(join(folder, EXE), '');
    loginItem(given).set(true);
    const entry = { openAtLogin: true, args: ['--hidden'], name: 'Parley' };
    expect(app.setLoginItemSettings.mock.calls).toEqual([
      [{ ...entry, path: `"${execPath}"` }],
      [{ ...entry, path: `"${join(folder, EXE)}"` }],
    ]);
  });

  test('is recognised and removed for a user whose name has a space', () => {
    const { app, entries } = windowsList();
    entries.set('Other', { path: 'C:\\Users\\Ann', args: [], enabled: true });
    expect(on(app).isOn()).toBe(false);
    on(app).set(true);
    expect(entries.get('Parley')).toEqual({ path: EXEC_PATH, args: ['--hidden'], enabled: true });
    expect(on(app).isOn()).toBe(true);
    on(app).set(false);
    expect(on(app).isOn()).toBe(false);
    expect([...entries.keys()]).toEqual(['Other']);
  });

  test('is read from the registry under this profile’s name', () => {
    const { app, entries } = windowsList();
    on(app, 'work').set(true);
    expect([on(app, 'work').isOn(), on(app).isOn()]).toEqual([true, false]);
    entries.set('Parley-work', { path: EXEC_PATH, args: [], enabled: false });
    expect(on(app, 'work').isOn()).toBe(false);
  });

  test('is removed for all profiles when the app is uninstalled, and no other program’s is', () => {
    const { app, entries } = windowsList();
    for (const profile of ['default', 'work']) on(app, profile).set(true);
    entries.set('Other', { path: 'C:\\Users\\Ann', args: [], enabled: true });
    forgetLogins({ app, execPath: EXEC_PATH });
    expect([...entries.keys()]).toEqual(['Other']);
  });
});
