import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron';
import { startNodePeer } from '../peer/node-peer.ts';
import { APP_ORIGIN, APP_SCHEME, APP_URL, serveApp } from './app-scheme.ts';
import { createDataFiles } from './data-files.ts';
import { serveHostIpc } from './host-ipc.ts';
import { serveIpc } from './ipc.ts';
import { type LaunchOptions, parseLaunchOptions } from './launch-options.ts';
import { manageLifecycle } from './lifecycle.ts';
import { menuTemplate } from './menu.ts';
import { claimProfile } from './profile.ts';
import { refuseNavigation, refusePermissions } from './security.ts';
import { showStartFailure } from './start-failure.ts';
import { systemUserName } from './user-name.ts';
import { MainWindow } from './window.ts';

const onUnexpected = (error: unknown): void => console.error('Unexpected:', error);
const out = join(import.meta.dirname, '..');
const { argv, platform } = process;

function launch(options: LaunchOptions): void {
  for (const name of options.unknown) console.error(`${name} is not an option of Parley.`);
  const window = new MainWindow({
    create: (settings) => new BrowserWindow(settings),
    isDark: () => nativeTheme.shouldUseDarkColors,
    preload: join(out, 'preload/index.cjs'),
    url: APP_URL,
    onUnexpected,
  });
  const presentWindow = (): void => window.present();
  const started = Promise.withResolvers<void>();
  const profile = claimProfile(app, options, () => void started.promise.then(presentWindow));
  if (profile === null) {
    app.exit(0);
    return;
  }
  protocol.registerSchemesAsPrivileged([APP_SCHEME]);
  refuseNavigation(app);

  const start = async (): Promise<void> => {
    await app.whenReady();
    refusePermissions(session.defaultSession);
    serveApp(protocol, join(out, 'renderer'));
    const { name, port } = options;
    const peer = await startNodePeer({
      ...(name !== undefined && { name }),
      ...(port !== undefined && { port }),
      dataDir: profile.dataDir,
      defaultName: systemUserName(),
      onUnexpected,
    });
    const desktop = { ipcMain, Notification, app, presentWindow, origin: APP_ORIGIN, onUnexpected };
    const { notifications } = serveHostIpc(desktop);
    const stop = (): Promise<void> => {
      notifications.clear();
      return peer.stop();
    };
    manageLifecycle({ app, platform, stop, presentWindow, onUnexpected, patience: 5_000 });
    const data = createDataFiles({
      data: peer.data,
      dialog,
      folder: () => app.getPath('documents'),
      now: Date.now,
      onUnexpected,
    });
    serveIpc({ ipcMain, app: peer.app, data, clipboard, shell, origin: APP_ORIGIN, onUnexpected });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(platform)));
    window.present();
    started.resolve();
  };
  start().catch((error: unknown) => {
    showStartFailure(error, { dialog, onUnexpected });
    app.exit(1);
  });
}

const parsed = parseLaunchOptions(argv.slice(1));
if (parsed.ok) launch(parsed.options);
else {
  console.error(parsed.reason);
  app.exit(2);
}
