import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  autoUpdater,
  clipboard,
  dialog,
  ipcMain,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import { systemUserName } from '../../core/base/user-name.ts';
import { startNodePeer } from '../../core/node-peer.ts';
import { PageFile } from '../../core/profile/page-file.ts';
import { projectPlaces } from '../base/manifest.ts';
import { serveIpc } from '../ipc/ipc.ts';
import type { Logging } from '../logging/logging.ts';
import { describeApp } from '../os/about.ts';
import type { Keychain } from '../os/keychain.ts';
import { reconnectOnWake } from '../os/wake.ts';
import { updateWay } from '../updates/update-feed.ts';
import { createUpdates } from '../updates/updates.ts';
import { APP_ORIGIN, APP_URL, serveApp } from '../window/app-scheme.ts';
import { enableMenus } from '../window/menus.ts';
import { hasSpellCheck, setUpSpelling } from '../window/spelling.ts';
import { createDataFiles } from './data-files.ts';
import { type DesktopUi, startDesktopUi } from './desktop-ui.ts';
import { createHost } from './host.ts';
import type { LaunchOptions } from './launch-options.ts';
import { manageLifecycle } from './lifecycle.ts';
import type { ProfilePlace } from './profile.ts';

export interface DesktopDeps {
  readonly options: LaunchOptions;
  readonly profile: ProfilePlace;
  /** The folder of the bundles. */
  readonly out: string;
  readonly logging: Logging;
  readonly keychain: Keychain;
}

/** How long quitting waits for the core. Milliseconds. */
const TIMEOUT_MS = 5_000;
/** Enough of a hash to distinguish the few profiles of one user. */
const SCOPE_LENGTH = 12;

/**
 * Starts the core and everything around it; the window is shown when `begin` is called. Call it
 * when `app` is ready. Rejects with a `ProblemError` when the core cannot start.
 */
export async function startDesktop(deps: DesktopDeps): Promise<DesktopUi> {
  const { options, profile, out, logging, keychain } = deps;
  const { onUnexpected } = logging;
  const { arch, env, execPath, platform, versions } = process;
  const { after } = systemWorld;
  const { repository, website } = projectPlaces(app.getAppPath());
  const setSpellCheck = setUpSpelling(session.defaultSession, platform);
  describeApp(app, versions, website);

  const secretBox = await keychain.box();
  const { name, port } = options;
  const peer = await startNodePeer({
    name,
    port,
    dataDir: profile.dataDir,
    defaultName: systemUserName(),
    secretBox,
    onUnexpected,
  });
  logging.stopFirst(peer.stop);
  const pageFile = await PageFile.open({
    folder: profile.dataDir,
    onUnexpected,
    onWritten: (problem) => peer.warn('page', problem),
  });
  serveApp(protocol, join(out, 'renderer'), pageFile);
  reconnectOnWake({ power: powerMonitor, after, reconnect: peer.networkChanged });

  const setMenuTexts = enableMenus({
    platform,
    website,
    perform: (action) => desktop.perform(action),
    openLog: logging.open,
    onUnexpected,
  });
  const updates = createUpdates({
    updater: autoUpdater,
    way: updateWay({
      platform,
      arch,
      version: app.getVersion(),
      isPackaged: app.isPackaged,
      program: execPath,
      exists: existsSync,
      repository,
    }),
    after,
    quit: () => app.quit(),
    onUnexpected,
  });
  const desktop = startDesktopUi({
    platform,
    env,
    execPath,
    options,
    profile,
    core: peer.app,
    services: {
      keyProtection: peer.keySealed ? 'system' : 'file',
      updates,
      openLog: logging.open,
      setMenuTexts,
      setSpellCheck,
      hasSpellCheck: hasSpellCheck(platform),
    },
    onMemory: (problem) => peer.warn('desktop', problem),
    preload: join(out, 'preload/index.cjs'),
    url: APP_URL,
    endNow: peer.halt,
    onUnexpected,
  });
  const { presentWindow, setUnread } = desktop;
  const host = createHost({
    page: pageFile,
    clipboard,
    shell,
    Notification,
    setUnread,
    platform,
    // Profiles share the desktop's notification list.
    scope: createHash('sha256').update(profile.folder).digest('hex').slice(0, SCOPE_LENGTH),
    sample: () => ({ title: 'Parley', body: desktop.texts().noticeSample }),
    after,
    presentWindow,
  });
  const data = createDataFiles({
    data: peer.data,
    dialog,
    folder: () => app.getPath('documents'),
    now: Date.now,
  });
  serveIpc({
    ipcMain,
    origin: APP_ORIGIN,
    offer: { chat: peer.app, data, host: host.commands, desktop: desktop.commands },
    sources: { chat: peer.app.subscribe, host: host.events, desktop: desktop.events },
    onUnexpected,
  });
  manageLifecycle({
    app,
    platform,
    stop: () => {
      host.notifications.clear();
      desktop.stop();
      return peer.stop();
    },
    presentWindow,
    leave: () => {
      if (!updates.leave()) app.quit();
    },
    onUnexpected,
    timeoutMs: TIMEOUT_MS,
  });
  return desktop;
}
