import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AsyncStorage,
  systemSecretBox,
  type Trial,
  trialFile,
} from '../../../../src/main/os/key-box.ts';

/** Electron's `safeStorage` over a keychain that marks what it seals, as Chromium does. */
function storage(mark: string, given: Partial<AsyncStorage> = {}): AsyncStorage {
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => Buffer.from(mark + text, 'utf8'),
    decryptStringAsync: async (sealed) => ({
      result: sealed.toString('utf8').slice(mark.length),
      shouldReEncrypt: false,
    }),
    ...given,
  };
}

const noTrial = (): Trial => ({ read: () => null, write: () => {} });
const boxFor = (platform: NodeJS.Platform, safeStorage: AsyncStorage, onUnexpected = vi.fn()) =>
  systemSecretBox({ safeStorage, trial: noTrial(), platform, onUnexpected });

describe('the system’s keychain', () => {
  test.each([
    ['linux', 'v11'],
    ['darwin', 'v10'],
    ['win32', 'v10'],
  ] as const)('seals and opens any bytes on %s', async (platform, mark) => {
    const box = await boxFor(platform, storage(mark));
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const sealed = (await box?.seal(bytes)) ?? new Uint8Array();
    expect(sealed.length).toBeGreaterThan(bytes.length);
    const opened = await box?.open(sealed);
    expect(Uint8Array.from(opened?.bytes ?? [])).toEqual(bytes);
    expect(opened?.stale).toBe(false);
  });

  test('is not used on Linux when Chromium falls back to a fixed password', async () => {
    expect(await boxFor('linux', storage('v10'))).toBeNull();
  });

  test('is unavailable when Electron says so', async () => {
    const isAsyncEncryptionAvailable = async () => false;
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(await boxFor(platform, storage('v11', { isAsyncEncryptionAvailable }))).toBeNull();
    }
  });

  test('that fails is logged, and the app starts without it', async () => {
    const error = new Error('D-Bus');
    const onUnexpected = vi.fn();
    const broken = storage('v11', { isAsyncEncryptionAvailable: () => Promise.reject(error) });
    expect(await boxFor('linux', broken, onUnexpected)).toBeNull();
    expect(onUnexpected).toHaveBeenCalledWith(error);
  });

  test('reports when something was sealed with an old key', async () => {
    const decryptStringAsync = async () => ({ result: 'x', shouldReEncrypt: true });
    const box = await boxFor('linux', storage('v11', { decryptStringAsync }));
    expect(await box?.open(Buffer.from('v11x'))).toMatchObject({ stale: true });
  });
});

describe('the keychain on Windows, where Chromium stores its key some time after creating it,', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-trial-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A keychain whose key is `key`: it opens nothing that another key has sealed. */
  const keyed = (key: string): AsyncStorage =>
    storage(key, {
      decryptStringAsync: async (sealed) => {
        const text = sealed.toString('utf8');
        if (!text.startsWith(key)) throw new Error('Error while decrypting the ciphertext.');
        return { result: text.slice(key.length), shouldReEncrypt: false };
      },
    });
  const start = async (key: string, platform: NodeJS.Platform = 'win32') => {
    const trial = trialFile(join(folder, 'trial'));
    const onUnexpected = vi.fn();
    const box = await systemSecretBox({ safeStorage: keyed(key), trial, platform, onUnexpected });
    return box?.trusted;
  };

  test('seals only once it has opened what an earlier start had sealed', async () => {
    expect(await start('one')).toBe(false);
    expect(await start('one')).toBe(true);
    expect(await start('one')).toBe(true);
  });

  test('is tested again when its key was lost in a crash', async () => {
    expect(await start('one')).toBe(false);
    expect(await start('two')).toBe(false);
    expect(await start('two')).toBe(true);
  });

  test('is not tested on other systems', async () => {
    expect(await start('one', 'darwin')).toBe(true);
    expect(await start('two', 'linux')).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});
