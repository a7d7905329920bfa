import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { smallDisk } from './small-disk.ts';

export interface WriteProtected {
  /** Where the profile is now. */
  readonly dataDir: string;
  /** Lets it be written again; harmless when called twice. */
  readonly lift: () => void;
}

/** A copy of a stopped profile, or the profile itself, that cannot be written. */
export function writeProtected(dataDir: string): WriteProtected {
  // Permissions do not keep root from writing; a disk that is mounted read-only does.
  return process.getuid?.() === 0
    ? (onReadOnlyDisk(dataDir) ?? withoutRoomForItsLog(dataDir))
    : withoutPermission(dataDir);
}

function onReadOnlyDisk(dataDir: string): WriteProtected | null {
  const disk = smallDisk(4_000);
  if (disk === null) return null;
  const copy = join(disk, 'profile');
  cpSync(dataDir, copy, { recursive: true });
  const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, disk]);
  remount('ro');
  return { dataDir: copy, lift: () => remount('rw') };
}

/** For root where nothing can be mounted: SQLite's log cannot be written where a folder is. */
function withoutRoomForItsLog(dataDir: string): WriteProtected {
  const log = join(dataDir, 'history.db-wal');
  mkdirSync(log);
  return { dataDir, lift: () => rmdirSync(log) };
}

function withoutPermission(dataDir: string): WriteProtected {
  const file = join(dataDir, 'history.db');
  const lift = () => {
    chmodSync(dataDir, 0o700);
    chmodSync(file, 0o600);
  };
  chmodSync(file, 0o400);
  chmodSync(dataDir, 0o500);
  onTestFinished(lift);
  return { dataDir, lift };
}
