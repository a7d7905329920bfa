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
import type { SecretBox } from '../peer/identity-file.ts';
import type { NodePeer } from '../peer/node-peer.ts';
import { systemWorld } from '../peer/system-world.ts';
import { ENGLISH_SHELL_TEXTS } from '../shared/shell-texts.ts';
import { describeApp, runsOn } from './about.ts';
import { offerContextMenu } from './context-menu.ts';
import { endOnFatalErrors, watchCrashes } from './crashes.ts';
import { ErrorLog } from './error-log.ts';
import { systemSecretBox, trialFile } from './key-box.ts';
import { KeychainWait } from './keychain-wait.ts';
import { describeError } from './log-entry.ts';
import { projectPlaces } from './manifest.ts';
import { menuTemplate } from './menu.ts';
import { hasSpellCheck, setUpSpelling } from './spelling.ts';
import type { ShellActions, SystemServices } from './system-services.ts';
import { updateWay } from './update-feed.ts';
import { createUpdates } from './updates.ts';
import { reconnectOnWake } from './wake.ts';
import { introduceToWindows } from './windows-place.ts';

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
    dialog,
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
    serve: (peer, { wish }) => {
      ({ stop } = peer);
      reconnectOnWake({ power: powerMonitor, after, reconnect: peer.networkChanged });
      const openLog = (): void => shell.showItemInFolder(errors.file);
      const { website } = places;
      const openWebsite = (): void => {
        if (website !== null) shell.openExternal(website).catch(onUnexpected);
      };
      const { isPackaged } = app;
      const showMenu = (): void => {
        const options = { platform, isPackaged, texts, wish, openLog, website, openWebsite };
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
