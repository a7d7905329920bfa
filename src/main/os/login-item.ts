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
  /** The path of this program. */
  readonly execPath: string;
  /**
   * The path of its AppImage, from the variable of that name; it is mounted at another path each
   * time.
   */
  readonly appImage: string | undefined;
  readonly profile: string;
  /** Whether the profile is in the default folder. */
  readonly usualFolder: boolean;
  readonly defaultProfile: string;
}

/** The system's entry that starts the app at login. */
export interface LoginItem {
  /** Whether this app can have one. */
  readonly available: boolean;
  /** The system's current setting: the user may have changed it there. */
  isOn(): boolean;
  /** Whether it was requested, and the user has still to approve it in the system's settings. */
  waits(): boolean;
  /** Throws `file-unusable` when the file cannot be written. */
  set(on: boolean): void;
  /** Whether the system started this process at login; on other systems `--hidden` says so. */
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
 * The entry of this profile. A development build has none: it would outlive its folder. On macOS
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
    // `openAtLogin` covers only the unnamed entry.
    isOn: () =>
      app.getLoginItemSettings(entry).launchItems.some((it) => it.name === name && it.enabled),
    waits: () => false,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...entry, name }),
    startedThisCopy: () => false,
  };
}

/**
 * Electron looks up entries by their command line, and writes paths in quotes: without quotes, it
 * does not find an entry whose path has a space, as in many users' home folders.
 */
function commandOf(execPath: string): string {
  return `"${lastingProgram(execPath)}"`;
}

/** On Windows, removes the entries of all profiles. */
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

/** The desktop's settings disable an entry by a line in it. */
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
 * shell metacharacters, each backslash doubled again because it is in a string, `%` doubled.
 */
export function execWord(word: string): string {
  const quoted = word.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\');
  return `"${quoted.replaceAll('%', '%%')}"`;
}
