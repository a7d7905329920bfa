import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import { fileProblem, writeTextFileSync } from '../../core/base/atomic-file.ts';
import { lastingProgram } from './windows-place.ts';

type LoginApp = Pick<
  App,
  'isPackaged' | 'getPath' | 'getLoginItemSettings' | 'setLoginItemSettings'
>;

export interface LoginItemDeps {
  readonly app: LoginApp;
  readonly platform: NodeJS.Platform;
  /** The program to be started: this one. */
  readonly execPath: string;
  /** The AppImage that holds it, by its own variable; it is mounted elsewhere at each start. */
  readonly appImage: string | undefined;
  readonly profile: string;
  /** Whether the profile lies in the usual place. */
  readonly usualFolder: boolean;
  readonly defaultProfile: string;
}

/** The system's own entry that starts the app when the user logs in. */
export interface LoginItem {
  /** Whether this copy can have one. */
  readonly available: boolean;
  /** As the system has it: the user may have changed it there. */
  isOn(): boolean;
  /** Whether the system has been asked for it, and its user has still to say yes there. */
  waits(): boolean;
  /** Throws `file-unusable` when the disk has something against it. */
  set(on: boolean): void;
  /** Whether it was the system, at login, that started this copy; elsewhere `--hidden` says so. */
  startedThisCopy(): boolean;
}

const NONE: LoginItem = {
  available: false,
  isOn: () => false,
  waits: () => false,
  set: () => undefined,
  startedThisCopy: () => false,
};

/**
 * The entry of this profile. A copy in development has none: it would outlive its folder. On macOS
 * the entry carries no arguments, so there it is for the default profile only.
 */
export function loginItem(deps: LoginItemDeps): LoginItem {
  const { app, platform, usualFolder, profile, defaultProfile } = deps;
  if (!app.isPackaged || !usualFolder) return NONE;
  if (platform === 'darwin') return profile === defaultProfile ? onMac(app) : NONE;
  if (platform === 'win32') return onWindows(deps);
  return platform === 'linux' ? onLinux(deps) : NONE;
}

function onMac(app: LoginApp): LoginItem {
  return {
    available: true,
    isOn: () => app.getLoginItemSettings().openAtLogin,
    waits: () => app.getLoginItemSettings().status === 'requires-approval',
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
    startedThisCopy: () => app.getLoginItemSettings().wasOpenedAtLogin,
  };
}

function onWindows(deps: LoginItemDeps): LoginItem {
  const { app, execPath } = deps;
  const entry = { path: commandOf(execPath), args: argumentsOf(deps) };
  const name = `Parley${suffix(deps)}`;
  return {
    available: true,
    // `openAtLogin` knows only the entry that has no name of its own.
    isOn: () =>
      app.getLoginItemSettings(entry).launchItems.some((it) => it.name === name && it.enabled),
    waits: () => false,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...entry, name }),
    startedThisCopy: () => false,
  };
}

/**
 * Electron looks for the entries of a command line, and writes one of a path in quotes: without
 * them, it finds nothing of a path that has a space in it, such as that of many a user's folder.
 */
function commandOf(execPath: string): string {
  return `"${lastingProgram(execPath)}"`;
}

/** On Windows, takes back the entries of all profiles. */
export function forgetLogins({ app, execPath }: Pick<LoginItemDeps, 'app' | 'execPath'>): void {
  const path = commandOf(execPath);
  for (const { name } of app.getLoginItemSettings({ path }).launchItems) {
    app.setLoginItemSettings({ openAtLogin: false, path, name });
  }
}

/** A desktop entry: https://specifications.freedesktop.org/autostart-spec/latest/ */
function onLinux(deps: LoginItemDeps): LoginItem {
  const { app, execPath, appImage } = deps;
  const folder = join(app.getPath('appData'), 'autostart');
  const file = join(folder, `parley${suffix(deps)}.desktop`);
  const entry = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Parley',
    `Exec=${[appImage ?? execPath, ...argumentsOf(deps)].map(execWord).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
  return {
    available: true,
    isOn: () => isEnabled(file),
    waits: () => false,
    set: (on) => {
      try {
        if (!on) {
          rmSync(file, { force: true });
          return;
        }
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeTextFileSync(file, entry);
      } catch (error) {
        throw fileProblem(file, error);
      }
    },
    startedThisCopy: () => false,
  };
}

function argumentsOf({ profile, defaultProfile }: LoginItemDeps): string[] {
  return profile === defaultProfile ? ['--hidden'] : ['--hidden', `--profile=${profile}`];
}

function suffix({ profile, defaultProfile }: LoginItemDeps): string {
  return profile === defaultProfile ? '' : `-${profile}`;
}

/** The settings of a desktop switch an entry off by a line in it. */
function isEnabled(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    return !/^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
  } catch {
    return false;
  }
}

/**
 * One word of an `Exec` line, quoted as the Desktop Entry Specification says: a backslash before
 * what a shell would heed, each backslash doubled again because it stands in a string, `%` doubled.
 */
export function execWord(word: string): string {
  const quoted = word.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return `"${quoted.replaceAll('%', '%%')}"`;
}
