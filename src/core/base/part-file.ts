import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from './running-process.ts';

/** `.parley-4711-9f86d081.part`: the id of the writing process, and a random number. */
const NAME = /^\.parley-(\d{1,10})-[0-9a-f]{8}\.part$/;

/**
 * A part file not written to for so long is abandoned, milliseconds: far longer than the longest
 * pause of a live writer, which on a network share may run on another computer.
 */
const ABANDONED_AFTER = 60 * 60_000;

/**
 * Path of the temporary file for writing `file`: in the same folder, so that it only has to be
 * renamed, and unique to its writer. Its length does not depend on that of `file`, which may be the
 * maximum of the file system.
 */
export function partFileFor(file: string): string {
  return join(dirname(file), `.parley-${process.pid}-${randomBytes(4).toString('hex')}.part`);
}

/**
 * Removes part files in the folder of `file` whose writers were killed. One that cannot be examined
 * or removed stays; it does no harm.
 */
export async function removeAbandonedParts(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder).catch(() => [])) {
    const writer = NAME.exec(name)?.[1];
    if (writer === undefined || isRunning(Number(writer))) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (!found?.isFile() || Date.now() - found.mtimeMs < ABANDONED_AFTER) continue;
    await rm(path, { force: true }).catch(() => undefined);
  }
}
