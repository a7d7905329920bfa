import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the system offers.
 * - `none`: no keychain; on Linux something is encrypted all the same, with a known password
 * - `works`: one whose key lies in the folder that plays the user's
 * - `locked`: the same, but nothing is answered until the user has unlocked it (`unlockKeychain`)
 */
export type Keychain = 'none' | 'works' | 'locked';

/** As in Chromium: what is sealed begins with a mark of the key, and `v10` is the known one. */
const KNOWN_MARK = 'v10';
const OWN_MARK = 'v11';
const KNOWN_KEY = createHash('sha256').update('known to everybody').digest();
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Electron's `safeStorage`: encrypts for real, with a key that is as good as the keychain. */
export class SafeStorage {
  readonly #works: boolean;
  readonly #unlocked = Promise.withResolvers<void>();
  readonly #file: string;
  readonly #isReady: () => boolean;

  constructor(keychain: Keychain, folder: string, isReady: () => boolean) {
    this.#works = keychain !== 'none';
    if (keychain !== 'locked') this.#unlocked.resolve();
    this.#file = join(folder, 'stand-in-keychain');
    this.#isReady = isReady;
  }

  /** As on a desktop that Chromium does not know by name: it says so whatever keychain there is. */
  getSelectedStorageBackend(): string {
    return this.#isReady() ? 'basic_text' : 'unknown';
  }

  unlock(): void {
    this.#unlocked.resolve();
  }

  /** Answers when every keychain has, however long that takes. */
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    if (!this.#isReady()) return false;
    await this.#unlocked.promise;
    // On Linux, Chromium always finds some way to encrypt.
    return process.platform === 'linux' || this.#works;
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    this.#needReady();
    await this.#unlocked.promise;
    const mark = this.#works ? OWN_MARK : KNOWN_MARK;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(mark), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), body]);
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    this.#needReady();
    await this.#unlocked.promise;
    const mark = sealed.toString('latin1', 0, OWN_MARK.length);
    const known = mark === KNOWN_MARK || (mark === OWN_MARK && this.#works);
    if (!known) throw new Error('Error while decrypting the ciphertext.');
    const afterIv = mark.length + IV_BYTES;
    const afterTag = afterIv + TAG_BYTES;
    const iv = sealed.subarray(mark.length, afterIv);
    const decipher = createDecipheriv('aes-256-gcm', this.#key(mark), iv);
    decipher.setAuthTag(sealed.subarray(afterIv, afterTag));
    const body = sealed.subarray(afterTag);
    const result = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: false };
  }

  #key(mark: string): Buffer {
    if (mark === KNOWN_MARK) return KNOWN_KEY;
    if (!existsSync(this.#file)) writeFileSync(this.#file, randomBytes(32), { mode: 0o600 });
    return readFileSync(this.#file);
  }

  #needReady(): void {
    if (!this.#isReady()) throw new Error('safeStorage cannot be used before app is ready');
  }
}
