import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRunning } from './running-process.ts';

/** `.parley-4711-9f86d081.part`: who writes it, and which of its files this is. */
const NAME = /^\.parley-(\d{1,10})-[0-9a-f]{8}\.part$/;

/**
 * Nobody has written to a part file for so long, milliseconds: far longer than a writer that is
 * alive leaves between two pieces. On a network share it may run on another computer.
 */
const ABANDONED_AFTER = 60 * 60_000;

/**
 * Where to write what is to become `file` once it is complete: in the same folder, so that it only
 * has to be renamed, and in no other writer's way. Its name does not grow with that of `file`, which
 * may be as long as the file system allows.
 */
export function partFileFor(file: string): string {
  return join(dirname(file), `.parley-${process.pid}-${randomBytes(4).toString('hex')}.part`);
}

/**
 * Removes part files in the folder of `file` whose writers were killed. What cannot be looked at or
 * removed stays: it is in nobody's way.
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
