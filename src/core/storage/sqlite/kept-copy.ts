import {
  constants,
  copyFileSync,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Copies a damaged database (and its write-ahead log) to a file beside it, named with the day. The
 * same damage is copied once, however often the file is opened. Returns the copy's file name;
 * throws the file system's errors.
 */
export function keepCopy(path: string, now: number): string {
  const folder = dirname(path);
  const name = basename(path).replace(/\.[^.]*$/, '');
  const day = new Date(now).toISOString().slice(0, 10);
  for (let number = 1; ; number += 1) {
    const copy = join(folder, `${name}-damaged-${day}${number === 1 ? '' : `-${number}`}.db`);
    if (!existsSync(copy)) {
      copyWithTimes(path, copy);
      if (existsSync(`${path}-wal`)) copyWithTimes(`${path}-wal`, `${copy}-wal`);
      return basename(copy);
    }
    if (isSame(path, copy) && isSame(`${path}-wal`, `${copy}-wal`)) return basename(copy);
  }
}

/**
 * Replaces an open database file with a fresh copy, byte for byte. SQLite then detects, when it
 * closes, that its file has been moved away, and leaves the write-ahead log as it is instead of
 * writing it into the damaged file. Where an open file cannot be replaced (Windows) the close
 * proceeds as usual and may write the log into the damaged file, and so into the copy made after
 * it.
 */
export function detachFile(path: string): void {
  const fresh = `${path}.copy`;
  try {
    copyWithTimes(path, fresh);
    renameSync(fresh, path);
  } catch {
    rmSync(fresh, { force: true });
  }
}

function copyWithTimes(from: string, to: string): void {
  const { atime, mtime } = statSync(from);
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  utimesSync(to, atime, mtime);
}

function isSame(path: string, copy: string): boolean {
  const a = statSync(path, { throwIfNoEntry: false });
  const b = statSync(copy, { throwIfNoEntry: false });
  if (!a || !b) return a === b;
  return a.size === b.size && Math.abs(a.mtimeMs - b.mtimeMs) < 2;
}
