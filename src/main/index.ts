import { join } from 'node:path';
import { app, dialog, protocol, session, systemPreferences } from 'electron';
import { startDesktop } from './app/desktop.ts';
import type { DesktopUi } from './app/desktop-ui.ts';
import { type LaunchOptions, parseLaunchOptions } from './app/launch-options.ts';
import { claimProfile, type SecondLaunch } from './app/profile.ts';
import { showStartFailure } from './app/start-failure.ts';
import { enableLogging } from './logging/logging.ts';
import { createKeychain } from './os/keychain.ts';
import { listenForLinks } from './os/links.ts';
import { endsAfterInstallerTask } from './os/squirrel.ts';
import { introduceToWindows } from './os/windows-place.ts';
import { APP_SCHEME } from './window/app-scheme.ts';
import { refuseNavigation, refusePermissions } from './window/security.ts';

const out = join(import.meta.dirname, '..');

function launch(options: LaunchOptions): void {
  for (const name of options.unknown) console.error(`${name} is not an option of Parley.`);
  const started = Promise.withResolvers<DesktopUi>();
  const later = (asked: SecondLaunch): void => {
    keychain.remind();
    void started.promise.then((desktop) => desktop.launched(asked));
  };
  const profile = claimProfile(app, options, later);
  if (profile === null) {
    app.exit(0);
    return;
  }
  const logging = enableLogging(profile.folder);
  const { onUnexpected } = logging;
  const keychain = createKeychain(profile.folder, onUnexpected);
  introduceToWindows(app, process.platform);
  if (process.platform === 'darwin') {
    // Connections are kept and calls answered in the background too: no App Nap.
    systemPreferences.registerDefaults({ NSAppSleepDisabled: true });
  }
  listenForLinks(app, (link) => later({ hidden: false, link }));
  protocol.registerSchemesAsPrivileged([APP_SCHEME]);
  refuseNavigation(app);

  const start = async (): Promise<void> => {
    await app.whenReady();
    refusePermissions(session.defaultSession);
    const desktop = await startDesktop({ options, profile, out, logging, keychain });
    desktop.begin();
    started.resolve(desktop);
  };
  start().catch((error: unknown) => {
    showStartFailure(error, { dialog, onUnexpected });
    app.exit(1);
  });
}

function begin(): void {
  const parsed = parseLaunchOptions(process.argv.slice(1));
  if (parsed.ok) {
    launch(parsed.options);
    return;
  }
  console.error(parsed.reason);
  app.exit(2);
}

if (!endsAfterInstallerTask()) begin();
