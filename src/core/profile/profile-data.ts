import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataInfo } from '../../shared/bridge/data-bridge.ts';
import type { Transfer } from './transfer.ts';

/** A profile's data as a whole: its location, its size, export and import. */
export interface ProfileData extends Transfer {
  readonly info: () => Promise<DataInfo>;
}

/** The data of the profile in `folder`; null stores nothing on disk. */
export function profileData(folder: string | null, transfer: Transfer): ProfileData {
  return {
    ...transfer,
    info: async () => ({ folder, bytes: folder === null ? 0 : await sizeOf(folder) }),
  };
}

/**
 * Total bytes of all files below `folder`. Files that vanish meanwhile or cannot be read count
 * nothing.
 */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sizeOf(path);
      if (!entry.isFile()) return 0;
      return lstat(path).then(
        ({ size }) => size,
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
