import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { errorCode } from '../base/error-code.ts';
import { readSmallFile } from '../base/small-file.ts';

/** What keeping an identity asks of a disk: the steps between which a computer may lose its power. */
export interface IdentityDisk {
  /** Null when there is no such file. */
  read(file: string): Promise<Uint8Array | null>;
  /** Makes a folder that only the user may look into, unless it is there. */
  makeFolder(folder: string): Promise<void>;
  /** Writes a file that is not there yet, for the user only; resolves when it would survive a loss of power. */
  writeNew(file: string, bytes: Uint8Array): Promise<void>;
  /** Gives a file another's name, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Makes names in the folder survive a loss of power. */
  syncFolder(folder: string): Promise<void>;
  /** The names in the folder; none when it is not there. */
  list(folder: string): Promise<readonly string[]>;
  /** Harmless when there is no such file. */
  remove(file: string): Promise<void>;
}

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** Bytes: a key and its certificate are a thousand, and a keychain adds little. */
const MAX_FILE = 64 * 1024;

export const systemDisk: IdentityDisk = {
  read: (file) => readSmallFile(file, MAX_FILE),
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  },
  writeNew: async (file, bytes) => {
    const handle = await open(file, 'wx', OWNER_ONLY_FILE);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  syncFolder: async (folder) => {
    // Windows cannot open folders, and does without.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  list: (folder) => orIfMissing([], readdir(folder)),
  remove: (file) => rm(file, { force: true }),
};

async function orIfMissing<T, M>(missing: M, work: Promise<T>): Promise<T | M> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return missing;
    throw error;
  }
}
