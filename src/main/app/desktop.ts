import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app, clipboard, dialog, ipcMain, Notification, shell } from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import { systemUserName } from '../../core/base/user-name.ts';
import { startNodePeer } from '../../core/node-peer.ts';
import { createDataFiles } from '../ipc/data-files.ts';
import { serveHostIpc } from '../ipc/host-ipc.ts';
import { serveIpc } from '../ipc/ipc.ts';
import { APP_ORIGIN, APP_URL } from '../window/app-scheme.ts';
import type { LaunchOptions } from './launch-options.ts';
import { manageLifecycle } from './lifecycle.ts';
import type { ProfilePlace } from './profile.ts';
import { type Shell, startShell } from './shell.ts';
import type { System } from './system.ts';

export interface DesktopDeps {
  readonly options: LaunchOptions;
  readonly profile: ProfilePlace;
  /** The folder of the bundles. */
  readonly out: string;
  readonly system: System;
}

/** How long quitting waits for the core. Milliseconds. */
const PATIENCE = 5_000;
/** As much of a hash as tells the few profiles of one user apart. */
const SCOPE_LENGTH = 12;

/**
 * Starts the core and all that stands around it; the window comes when `begin` is called. Call it
 * when `app` is ready. Rejects with a `ProblemError` when the core cannot start.
 */
export async function startDesktop({ options, profile, out, system }: DesktopDeps): Promise<Shell> {
  const { onUnexpected, leave } = system;
  const secretBox = await system.prepare();
  const { env, execPath, platform } = process;
  const { name, port } = options;
  const peer = await startNodePeer({
    ...(name !== undefined && { name }),
    ...(port !== undefined && { port }),
    dataDir: profile.dataDir,
    defaultName: systemUserName(),
    secretBox,
    onUnexpected,
  });
  const page = { ipcMain, origin: APP_ORIGIN, onUnexpected };
  const services = system.serve(peer, {
    presentWindow: () => desktop.presentWindow(),
    perform: (action) => desktop.perform(action),
  });
  const desktop = startShell({
    ...page,
    platform,
    env,
    execPath,
    options,
    profile,
    core: peer.app,
    services,
    onMemory: (problem) => peer.warn('shell', problem),
    preload: join(out, 'preload/index.cjs'),
    url: APP_URL,
    endNow: peer.halt,
  });
  const { presentWindow, setUnread } = desktop;
  const { notifications } = serveHostIpc({
    ...page,
    Notification,
    setUnread,
    platform,
    // Profiles share the desktop's list of notifications.
    scope: createHash('sha256').update(profile.folder).digest('hex').slice(0, SCOPE_LENGTH),
    sample: () => ({ title: 'Parley', body: desktop.texts().noticeSample }),
    after: systemWorld.after,
    presentWindow,
  });
  const stop = (): Promise<void> => {
    notifications.clear();
    desktop.stop();
    return peer.stop();
  };
  manageLifecycle({ app, platform, stop, presentWindow, leave, onUnexpected, patience: PATIENCE });
  const data = createDataFiles({
    data: peer.data,
    dialog,
    folder: () => app.getPath('documents'),
    now: Date.now,
    onUnexpected,
  });
  serveIpc({ ...page, app: peer.app, data, clipboard, shell });
  return desktop;
}
