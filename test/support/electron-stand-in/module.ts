import { App } from './app.ts';
import { createBrowserWindow } from './browser-window.ts';
import type { Bounds } from './control.ts';
import { AutoUpdater, CrashReporter } from './crash-reporter.ts';
import * as desktop from './desktop.ts';
import { IpcMain } from './ipc-main.ts';
import { loud } from './loud.ts';
import * as menus from './menus.ts';
import { Notification as StandInNotification } from './notification.ts';
import { Origins } from './origins.ts';
import * as power from './power.ts';
import { Protocol } from './protocol.ts';
import { type Keychain, SafeStorage } from './safe-storage.ts';
import { Screen } from './screen.ts';
import { Session } from './session.ts';
import { Tray as StandInTray, nativeImage as standInImage } from './tray.ts';

// What `import … from 'electron'` finds. A name that is not here fails the import.

const appData = process.env['STAND_IN_APP_DATA'];
if (!appData) throw new Error('STAND_IN_APP_DATA must name a folder.');

const origins = new Origins();
export const realApp = new App(appData);
const realProtocol = new Protocol(origins, () => realApp.isReady());
const realIpcMain = new IpcMain();
const defaultSession = new Session();
const keychain = (process.env['STAND_IN_KEYCHAIN'] ?? 'none') as Keychain;
const isReady = (): boolean => realApp.isReady();
export const realSafeStorage = new SafeStorage(keychain, appData, isReady);
const displays = JSON.parse(process.env['STAND_IN_DISPLAYS'] ?? '[]') as Bounds[];
const realScreen = new Screen(displays, () => realApp.isReady());

export const app = loud('app', realApp);
export const ipcMain = loud('ipcMain', realIpcMain);
export const protocol = loud('protocol', realProtocol);
export const session = loud('session', { defaultSession: loud('session', defaultSession) });
export const Menu = loud('Menu', menus.menu);
export const dialog = loud('dialog', desktop.dialog);
export const powerMonitor = loud('powerMonitor', power.powerMonitor);
export const safeStorage = loud('safeStorage', realSafeStorage);
export const crashReporter = loud('crashReporter', new CrashReporter(isReady));
export const autoUpdater = loud('autoUpdater', new AutoUpdater());
export const clipboard = loud('clipboard', desktop.clipboard);
export const shell = loud('shell', desktop.shell);
export const systemPreferences = loud('systemPreferences', desktop.systemPreferences);
export const nativeImage = loud('nativeImage', standInImage);
export const Tray = StandInTray;
export const screen = loud('screen', realScreen);
export const Notification = StandInNotification;
export const nativeTheme = loud('nativeTheme', desktop.nativeTheme);
export const BrowserWindow = createBrowserWindow({
  app: realApp,
  ipcMain: realIpcMain,
  origins,
  protocol: realProtocol,
  screen: realScreen,
  session: defaultSession,
  system: { wayland: process.env['STAND_IN_WAYLAND'] === '1' },
});
