import { join } from 'node:path';
import { app, dialog, safeStorage } from 'electron';
import { systemWorld } from '../../core/base/system-world.ts';
import type { SecretBox } from '../../core/identity/identity-file.ts';
import { systemSecretBox, trialFile } from './key-box.ts';
import { KeychainWait } from './keychain-wait.ts';

export interface Keychain {
  /**
   * Seals the identity's key; null on a system without a keychain. Resolves when the keychain
   * answers. Call it when Electron is ready.
   */
  readonly box: () => Promise<SecretBox | null>;
  /** The app was started once more: until the keychain answers, there is no window to show. */
  readonly remind: () => void;
}

/** The system's keychain, for the profile in `folder`; the user is told if it does not answer. */
export function createKeychain(folder: string, onUnexpected: (error: unknown) => void): Keychain {
  const { platform } = process;
  const wait = new KeychainWait({
    ask: (question) => dialog.showMessageBox(question),
    platform,
    after: systemWorld.after,
    leave: (again) => {
      // An AppImage is mounted at another path each time.
      const { APPIMAGE: execPath } = process.env;
      if (again) app.relaunch(execPath ? { execPath, args: process.argv.slice(1) } : {});
      app.exit(0);
    },
    onUnexpected,
  });
  const trial = trialFile(join(folder, 'keychain-trial'));
  return {
    box: async () => {
      const box = await wait.during(() =>
        systemSecretBox({ safeStorage, trial, platform, onUnexpected }),
      );
      return box && wait.watched(box);
    },
    remind: () => wait.remind(),
  };
}
