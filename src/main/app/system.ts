import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  autoUpdater,
  clipboard,
  crashReporter,
  dialog,
  Menu,
  powerMonitor,
  safeStorage,
  session,
  shell,
  systemPreferences,
} from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import type { SecretBox } from '../../core/identity/identity-file.ts';
import type { NodePeer } from '../../core/node-peer.ts';
import { ENGLISH_SHELL_TEXTS } from '../../shared/bridge/shell-texts.ts';
import { projectPlaces } from '../base/manifest.ts';
import type { ShellActions, SystemServices } from '../base/system-services.ts';
import { endOnFatalErrors, watchCrashes } from '../logging/crashes.ts';
import { ErrorLog } from '../logging/error-log.ts';
import { describeError } from '../logging/log-entry.ts';
import { systemSecretBox, trialFile } from '../os/key-box.ts';
import { KeychainWait } from '../os/keychain-wait.ts';
import { reconnectOnWake } from '../os/wake.ts';
import { introduceToWindows } from '../os/windows-place.ts';
import { updateWay } from '../updates/update-feed.ts';
import { createUpdates } from '../updates/updates.ts';
import { offerContextMenu } from '../window/context-menu.ts';
import { menuTemplate } from '../window/menu.ts';
import { hasSpellCheck, setUpSpelling } from '../window/spelling.ts';
import { describeApp, runsOn } from './about.ts';

/** The parts of the app that are about the operating system, plugged together. */
export interface System {
  /** Writes down what was not foreseen. */
  readonly onUnexpected: (error: unknown) => void;
  /**
   * To be called when Electron is ready, before the first window. Answers with what seals the
   * identity's key, as soon as the system's keychain answers; null where there is none.
   */
  readonly prepare: () => Promise<SecretBox | null>;
  /** The app was started once more: whoever did it sees nothing while the keychain is waited for. */
  readonly startedAgain: () => void;
  /** To be called once, when the core has started. */
  readonly serve: (
    peer: Pick<NodePeer, 'networkChanged' | 'stop' | 'keySealed'>,
    actions: ShellActions,
  ) => SystemServices;
  /** Ends the app, once the core has ended. */
  readonly leave: () => void;
}

/** How long the core may take to end after a fatal error, in milliseconds. */
const PATIENCE = 5_000;

/** Starts them, before Electron is ready. `folder` is the profile's. */
export function startSystem(folder: string): System {
  const { platform, arch, versions, execPath } = process;
  const { after, uptime } = systemWorld;
  const places = projectPlaces(app.getAppPath());
  const errors = new ErrorLog({ folder, now: Date.now });
  const log = (entry: string): void => errors.write(entry);
  const onUnexpected = (error: unknown): void => {
    console.error('Unexpected:', error);
    log(`unexpected ${describeError(error)}`);
  };
  let texts = ENGLISH_SHELL_TEXTS;
  let checkSpelling = (_on: boolean): void => {};
  let stop = async (): Promise<void> => {};

  log(`started Parley ${app.getVersion()} on ${platform} ${arch}, ${runsOn(versions)}`);
  introduceToWindows(app, platform);
  // Links are watched and friends' calls answered also while nobody looks: no App Nap.
  if (platform === 'darwin') systemPreferences.registerDefaults({ NSAppSleepDisabled: true });
  crashReporter.start({ uploadToServer: false });
  // Whoever started us from a terminal may have closed it: words to nobody are no error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  endOnFatalErrors({
    process,
    log,
    dialog,
    stop: () => stop(),
    exit: (code) => app.exit(code),
    patience: PATIENCE,
  });
  watchCrashes({ app, log, dialog, uptime });
  offerContextMenu({
    app,
    texts: () => texts,
    copy: (text) => void clipboard.writeText(text).catch(onUnexpected),
    popUp: (template) => Menu.buildFromTemplate(template).popup(),
  });
  const wait = new KeychainWait({
    ask: (question) => dialog.showMessageBox(question),
    platform,
    after,
    leave: (again) => {
      // An AppImage is mounted elsewhere at each start.
      const { APPIMAGE: execPath } = process.env;
      if (again) app.relaunch(execPath ? { execPath, args: process.argv.slice(1) } : {});
      app.exit(0);
    },
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
      repository: places.repository,
    }),
    after,
    quit: () => app.quit(),
    onUnexpected,
  });

  return {
    onUnexpected,
    prepare: async () => {
      checkSpelling = setUpSpelling(session.defaultSession, platform);
      describeApp(app, versions, places.website);
      const trial = trialFile(join(folder, 'keychain-trial'));
      const box = await wait.during(() =>
        systemSecretBox({ safeStorage, trial, platform, onUnexpected }),
      );
      return box && wait.watched(box);
    },
    startedAgain: () => wait.remind(),
    serve: (peer, { perform }) => {
      ({ stop } = peer);
      reconnectOnWake({ power: powerMonitor, after, reconnect: peer.networkChanged });
      const openLog = (): void => shell.showItemInFolder(errors.file);
      const { website } = places;
      const openWebsite = (): void => {
        if (website !== null) shell.openExternal(website).catch(onUnexpected);
      };
      const { isPackaged } = app;
      const showMenu = (): void => {
        const options = { platform, isPackaged, texts, perform, openLog, website, openWebsite };
        Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
      };
      showMenu();
      return {
        keyProtection: () => (peer.keySealed ? 'system' : 'file'),
        update: updates,
        openLog,
        setTexts: (given) => {
          texts = given;
          showMenu();
        },
        setSpellCheck: (on) => checkSpelling(on),
        hasSpellCheck: () => hasSpellCheck(platform),
      };
    },
    leave: () => {
      if (!updates.leave()) app.quit();
    },
  };
}
