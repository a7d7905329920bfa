import { existsSync } from 'node:fs';
import { basename, dirname, join, win32 } from 'node:path';
import type { App } from 'electron';

// How Windows knows the app: by the programs that Squirrel lays out, a name in its Start menu, and
// the identifier by which a click on a notification finds us.

type WindowsApp = Pick<
  App,
  'isPackaged' | 'setName' | 'setAppUserModelId' | 'setToastActivatorCLSID'
>;

/**
 * The class that Windows asks for when a notification is clicked. Made once, for this app; without
 * it Electron makes another one at each start, and leaves an entry in the registry for each.
 */
export const TOAST_ACTIVATOR = '{D5EC867D-4C3B-4962-9A9B-5A3ADF3A2AA5}';

/**
 * To be called before the app is ready. A copy in development is somebody else: else its first
 * notification would turn the installed app's entry in the Start menu into one for a bare Electron.
 */
export function introduceToWindows(app: WindowsApp, platform: NodeJS.Platform): void {
  if (platform !== 'win32') return;
  if (app.isPackaged) {
    app.setToastActivatorCLSID(TOAST_ACTIVATOR);
    return;
  }
  app.setName('Parley in development');
  app.setAppUserModelId('parley.development');
}

/**
 * The program that stays: Squirrel keeps each version in a folder of its own, and beside them one
 * that starts the newest. Where it is not there, `execPath` itself.
 */
export function lastingProgram(execPath: string): string {
  const stub = join(dirname(execPath), '..', basename(execPath));
  return existsSync(stub) ? stub : execPath;
}

/** Where Electron would make an entry in the Start menu, for lack of one, at the first notification. */
export function startMenuEntry(appData: string): string {
  return win32.join(appData, 'Microsoft/Windows/Start Menu/Programs/Parley.lnk');
}

/**
 * What Electron calls us under Squirrel (`com.squirrel.FOLDER.PROGRAM`): the entry in the Start menu
 * must say the same, or notifications are not ours.
 */
export function squirrelModelId(execPath: string): string {
  const folder = win32.basename(win32.dirname(win32.dirname(execPath)));
  return `com.squirrel.${folder}.${win32.basename(execPath, '.exe')}`.replaceAll(' ', '');
}
