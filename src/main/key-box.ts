import type { SecretBox } from '../peer/identity-file.ts';

/** What of Electron's `safeStorage` is used: only what works without blocking the app. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
  /** On Linux only. */
  getSelectedStorageBackend(): string;
}

export interface KeyBoxDeps {
  readonly safeStorage: SafeStorage;
  readonly platform: NodeJS.Platform;
  readonly onUnexpected: (error: unknown) => void;
}

/** What Electron answers on Linux when it has found no keychain, or has not looked yet. */
const NO_KEYCHAIN: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/**
 * How Chromium marks what it encrypted on Linux with a password that stands in its source, because
 * the keychain it had chosen did not answer. (On macOS and Windows the same mark is the real thing.)
 */
const KNOWN_PASSWORD_MARK = 'v10';

/**
 * A box that the system's keychain locks; null where there is none, or where one is only played: the
 * key is then protected by its file's permissions alone, and the app says so. To be called when
 * Electron's `app` is ready, because before that there is no keychain either.
 */
export async function systemSecretBox(deps: KeyBoxDeps): Promise<SecretBox | null> {
  try {
    return (await hasKeychain(deps)) ? boxOf(deps.safeStorage) : null;
  } catch (error) {
    deps.onUnexpected(error);
    return null;
  }
}

async function hasKeychain({ safeStorage, platform }: KeyBoxDeps): Promise<boolean> {
  if (platform === 'linux' && NO_KEYCHAIN.has(safeStorage.getSelectedStorageBackend()))
    return false;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (platform !== 'linux') return true;
  const probe = await safeStorage.encryptStringAsync('probe');
  return probe.toString('latin1', 0, KNOWN_PASSWORD_MARK.length) !== KNOWN_PASSWORD_MARK;
}

// Electron seals text; latin1 makes text of any bytes, one character each.
function boxOf(safeStorage: SafeStorage): SecretBox {
  return {
    seal: (bytes) => safeStorage.encryptStringAsync(Buffer.from(bytes).toString('latin1')),
    open: async (sealed) => {
      const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { bytes: Buffer.from(opened.result, 'latin1'), stale: opened.shouldReEncrypt };
    },
  };
}
