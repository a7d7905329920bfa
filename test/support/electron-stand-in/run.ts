import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createBrowserWindow } from './browser-window.ts';
import { type Order, onOrder } from './control.ts';
import { answerQuestion, chooseFile } from './desktop.ts';
import { chooseInBar, chooseInContextMenu } from './menus.ts';
import { realApp, realSafeStorage } from './module.ts';
import { clickNotification, refuseNotifications, timeOutNotification } from './notification.ts';
import { powerMonitor } from './power.ts';
import { playTrayHost } from './session-bus.ts';
import { chooseInTray, clickTray } from './tray.ts';

// `node run.ts FOLDER ARGS…` is `electron FOLDER ARGS…`: it runs the `main` of FOLDER's package.json.

const [folder = '.', ...args] = process.argv.slice(2);
const appFolder = resolve(folder);
process.argv = [process.execPath, appFolder, ...args];
realApp.appPath = appFolder;

const electron = new URL('./module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: electron, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

type Window = InstanceType<ReturnType<typeof createBrowserWindow>>;
onOrder((order) => {
  if (order.type === 'quit') realApp.quit();
  if (order.type === 'choose-file') chooseFile(order.path);
  if (order.type === 'answer-question') answerQuestion(order.button);
  if (order.type === 'click-notification') clickNotification(order.id);
  if (order.type === 'time-out-notification') timeOutNotification(order.id);
  if (order.type === 'allow-notifications') refuseNotifications(!order.allow);
  if (order.type === 'click-tray') clickTray();
  if (order.type === 'choose-in-tray') chooseInTray(order.label);
  if (order.type === 'open-url') realApp.openUrl(order.url);
  if (order.type === 'power') powerMonitor.emit(order.event);
  if (order.type === 'unlock-keychain') realSafeStorage.unlock();
  if (order.type === 'throw') setImmediate(() => Promise.reject(new Error(order.message)));
  const command = editorCommand(order);
  for (const window of [...realApp.windows] as Window[]) {
    if (command !== null) window.edit(command);
    if (order.type === 'crash-pages') window.crash();
    if (order.type === 'end-session') window.endSession();
    if (order.type === 'close-windows') window.close();
    if (order.type === 'minimize-windows') window.minimize();
    if (order.type === 'maximize-windows') window.maximize();
    if (order.type === 'place-windows') window.setBounds(order.bounds);
    if (order.type === 'reload-windows') void window.loadURL(window.webContents.getURL());
  }
  if (order.type === 'end-session') process.kill(process.pid, 'SIGKILL');
});

/** What the page's editor is to do, when something was chosen that asks for it. */
function editorCommand(order: Order): string | null {
  if (order.type === 'choose-in-menu') return chooseInBar(order.path);
  if (order.type === 'choose-in-context-menu') return chooseInContextMenu(order.label);
  return null;
}

// Electron quits in good order on these.
process.on('SIGTERM', () => realApp.quit());
process.on('SIGINT', () => realApp.quit());

process.env['DBUS_SESSION_BUS_ADDRESS'] =
  process.env['STAND_IN_TRAY'] === '1' ? await playTrayHost() : 'unix:path=/nowhere';

const manifest = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')) as {
  main: string;
};
await import(pathToFileURL(join(appFolder, manifest.main)).href);
await realApp.becomeReady();
