import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../../base/running-process.ts';

const PREFIX = 'parley-read-';
/** Contains the id of the process that created it; copies of earlier versions have none. */
const NAME = /^parley-read-(?:(\d{1,10})-)?[A-Za-z0-9]{6}$/;

/**
 * A copy without a process id is removed after so long, milliseconds: longer than any command
 * reads.
 */
const ABANDONED_AFTER = 24 * 60 * 60_000;

/** A new folder among the system's temporary files for a copy of a history; for this user alone. */
export function makeReadFolder(): string {
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/**
 * Removes copies left by killed processes: each is a whole history. Only folders of this user whose
 * process has ended, and nothing through a link. A copy that cannot be removed stays.
 */
export function removeAbandonedReads(): void {
  const base = tmpdir();
  for (const name of namesIn(base)) {
    const [whole, maker] = NAME.exec(name) ?? [];
    if (whole === undefined) continue;
    const path = join(base, name);
    try {
      if (isAbandoned(path, maker)) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it too, or still has a file open in it (Windows).
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAbandoned(path: string, maker: string | undefined): boolean {
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return false;
  if (maker !== undefined) return !isRunning(Number(maker));
  return Date.now() - found.mtimeMs > ABANDONED_AFTER;
}
