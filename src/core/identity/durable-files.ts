import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { errorCode } from '../base/error-code.ts';
import { readSmallFile } from '../base/small-file.ts';

/** The file operations behind an identity: the steps between which a computer may lose power. */
export interface IdentityDisk {
  /** Null when there is no such file. */
  read(file: string): Promise<Uint8Array | null>;
  /** Creates a folder that only the user may access, unless it exists. */
  makeFolder(folder: string): Promise<void>;
  /** Creates a file for the user only; resolves once it would survive a power loss. */
  writeNew(file: string, bytes: Uint8Array): Promise<void>;
  /** Renames a file atomically. */
  rename(from: string, to: string): Promise<void>;
  /** Makes the folder's entries survive a power loss. */
  syncFolder(folder: string): Promise<void>;
  /** The names in the folder; none when it is missing. */
  list(folder: string): Promise<readonly string[]>;
  /** Harmless when there is no such file. */
  remove(file: string): Promise<void>;
}

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** Bytes: a key and its certificate take a thousand, and a keychain adds little. */
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
    // Windows cannot open folders, and needs no sync.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  list: (folder) =>
    readdir(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }),
  remove: (file) => rm(file, { force: true }),
};
