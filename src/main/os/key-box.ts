import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import type { SecretBox } from '../../core/identity/identity-file.ts';

/** The asynchronous part of Electron's `safeStorage`, which does not block the app. */
export type AsyncStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;

export interface KeyBoxDeps {
  readonly safeStorage: AsyncStorage;
  /** What an earlier start sealed as a test of the keychain. */
  readonly trial: Trial;
  readonly platform: NodeJS.Platform;
  readonly onUnexpected: (error: unknown) => void;
}

export interface Trial {
  /** Null when there is none. */
  read(): Uint8Array | null;
  write(sealed: Uint8Array): void;
}

/**
 * Chromium's prefix of what it encrypted on Linux with a hard-coded password, because no keychain
 * answered. (On macOS and Windows the same prefix is a real key.) Nothing else shows this:
 * `getSelectedStorageBackend` belongs to the older, blocking functions, and recognises keychains
 * only on the largest desktops, even where the Secret Service answers.
 */
const KNOWN_PASSWORD_MARK = 'v10';

/**
 * A secret box with a key in the system's keychain; null where there is none, or only Chromium's
 * hard-coded password: the key is then protected by its file's permissions alone, and the app says
 * so. Call when Electron's `app` is ready, because before that there is no keychain either.
 */
export async function systemSecretBox(deps: KeyBoxDeps): Promise<SecretBox | null> {
  try {
    if (!(await hasKeychain(deps))) return null;
    const box = { ...boxOf(deps.safeStorage), trusted: false };
    return { ...box, trusted: await isTrusted(box, deps) };
  } catch (error) {
    deps.onUnexpected(error);
    return null;
  }
}

async function hasKeychain({ safeStorage, platform }: KeyBoxDeps): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (platform !== 'linux') return true;
  const probe = await safeStorage.encryptStringAsync('probe');
  return probe.toString('latin1', 0, KNOWN_PASSWORD_MARK.length) !== KNOWN_PASSWORD_MARK;
}

const TRIAL = 'a trial of the keychain';

/**
 * On Windows the encryption key is in a file of Chromium's (`Local State`), which it writes some
 * time after the key is generated. A crash before that loses the key, and a lost identity cannot be
 * recovered. So the identity is sealed only when the keychain has opened what an earlier start had
 * sealed. Other systems store the key at once.
 */
async function isTrusted(box: SecretBox, { platform, trial }: KeyBoxDeps): Promise<boolean> {
  if (platform !== 'win32') return true;
  const left = trial.read();
  const opened = left === null ? null : await box.open(left).catch(() => null);
  if (opened !== null && Buffer.from(opened.bytes).toString() === TRIAL) return true;
  trial.write(await box.seal(Buffer.from(TRIAL)));
  return false;
}

/** Stores the trial in a file. */
export function trialFile(file: string): Trial {
  return {
    read: () => (existsSync(file) ? readFileSync(file) : null),
    write: (sealed) => writeFileSync(file, sealed, { mode: 0o600 }),
  };
}

// Electron encrypts text; latin1 maps any bytes to text, one character each.
function boxOf(safeStorage: AsyncStorage): Pick<SecretBox, 'seal' | 'open'> {
  return {
    seal: (bytes) => safeStorage.encryptStringAsync(Buffer.from(bytes).toString('latin1')),
    open: async (sealed) => {
      const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { bytes: Buffer.from(opened.result, 'latin1'), stale: opened.shouldReEncrypt };
    },
  };
}
