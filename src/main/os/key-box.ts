import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import type { SecretBox } from '../../core/identity/identity-file.ts';

/** Electron's `safeStorage`, as far as it works without blocking the app. */
export type AsyncStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;

export interface KeyBoxDeps {
  readonly safeStorage: AsyncStorage;
  /** What an earlier start has left to try the keychain on. */
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
 * How Chromium marks what it encrypted on Linux with a password that stands in its source, because
 * no keychain answered. (On macOS and Windows the same mark is the real thing.) This alone tells:
 * `getSelectedStorageBackend` is about the older, blocking functions, and knows no keychain on any
 * desktop but the largest ones, also where the Secret Service answers.
 */
const KNOWN_PASSWORD_MARK = 'v10';

/**
 * A box that the system's keychain locks; null where there is none, or where one is only played: the
 * key is then protected by its file's permissions alone, and the app says so. To be called when
 * Electron's `app` is ready, because before that there is no keychain either.
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
 * On Windows the key that everything is sealed with lies in a file of Chromium's (`Local State`),
 * which it writes some time after the key is made. What was sealed before that is lost in a crash,
 * and a lost identity cannot be made again. So the identity is sealed only when the keychain has
 * opened what an earlier start had sealed. Other systems keep the key at once.
 */
async function isTrusted(box: SecretBox, { platform, trial }: KeyBoxDeps): Promise<boolean> {
  if (platform !== 'win32') return true;
  const left = trial.read();
  const opened = left === null ? null : await box.open(left).catch(() => null);
  if (opened !== null && Buffer.from(opened.bytes).toString() === TRIAL) return true;
  trial.write(await box.seal(Buffer.from(TRIAL)));
  return false;
}

/** Keeps the trial in a file of its own. */
export function trialFile(file: string): Trial {
  return {
    read: () => (existsSync(file) ? readFileSync(file) : null),
    write: (sealed) => writeFileSync(file, sealed, { mode: 0o600 }),
  };
}

// Electron seals text; latin1 makes text of any bytes, one character each.
function boxOf(safeStorage: AsyncStorage): Pick<SecretBox, 'seal' | 'open'> {
  return {
    seal: (bytes) => safeStorage.encryptStringAsync(Buffer.from(bytes).toString('latin1')),
    open: async (sealed) => {
      const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { bytes: Buffer.from(opened.result, 'latin1'), stale: opened.shouldReEncrypt };
    },
  };
}
