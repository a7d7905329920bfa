import { existsSync } from 'node:fs';
import { basename, dirname, join, win32 } from 'node:path';
import type { App } from 'electron';

// How Windows identifies the app: by Squirrel's folder layout, a name in its Start menu, and the
// identifier by which a click on a notification finds us.

type WindowsApp = Pick<
  App,
  'isPackaged' | 'setName' | 'setAppUserModelId' | 'setToastActivatorCLSID'
>;

/**
 * The COM class that Windows activates when a notification is clicked. Constant for this app;
 * without it Electron generates another one at each start, and leaves a registry entry for each.
 */
export const TOAST_ACTIVATOR = '{D5EC867D-4C3B-4962-9A9B-5A3ADF3A2AA5}';

/**
 * Call before the app is ready. A development build has another identity: otherwise its first
 * notification would turn the installed app's Start menu entry into one for a bare Electron.
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
 * The permanent program: Squirrel keeps each version in its own folder, and beside them a stub that
 * starts the newest. `execPath` itself where there is no stub.
 */
export function lastingProgram(execPath: string): string {
  const stub = join(dirname(execPath), '..', basename(execPath));
  return existsSync(stub) ? stub : execPath;
}

/** Where Electron would create a missing entry in the Start menu, at the first notification. */
export function startMenuEntry(appData: string): string {
  return win32.join(appData, 'Microsoft/Windows/Start Menu/Programs/Parley.lnk');
}

/**
 * The id that Electron gives us under Squirrel (`com.squirrel.FOLDER.PROGRAM`): the entry in the
 * Start menu must have the same, or notifications are not ours.
 */
export function squirrelModelId(execPath: string): string {
  const folder = win32.basename(win32.dirname(win32.dirname(execPath)));
  return `com.squirrel.${folder}.${win32.basename(execPath, '.exe')}`.replaceAll(' ', '');
}
