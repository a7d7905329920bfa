import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Problem, problem } from '../../shared/problems/problem.ts';

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;

/** Names of the files in a profile's folder; related files have a suffix. */
const OURS = ['history', 'identity.pem', 'control.', 'page.json', 'page-port', '.parley-'];

/** The files that a profile cannot do without, in either case, as file systems may ignore it. */
const KEPT =
  /^(history\.db(-wal|-shm|-journal)?|identity\.pem|control\.(json|sock)|page\.json|page-port|desktop\.json)$/i;

/** Whether `file` is, or would be, one of a profile's own. */
export function isProfileFile(file: string): boolean {
  return KEPT.test(basename(file)) && existsSync(join(dirname(file), 'identity.pem'));
}

/**
 * Creates the folder of a profile if it is missing, and denies access to other users of the
 * computer: write access would let them replace our key or history. A folder that also holds other
 * files, or whose permissions we cannot change, is left to the user.
 *
 * @returns a problem for the user when others can, or could, write to it; null otherwise
 * @throws the file system's error when there is no folder and none can be created
 */
export function makePrivateFolder(folder: string): Problem | null {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
  // Windows has no such permissions: there the user's own folders are inaccessible to others.
  if (process.getuid === undefined) return null;
  const own = process.getuid();
  const { mode, uid } = statSync(folder);
  const entries = readdirSync(folder);
  const open = (mode & OTHERS) !== 0;
  const isOurs = uid === own && entries.every((name) => OURS.some((it) => name.startsWith(it)));
  const closed = !open || (isOurs && tighten(folder));
  const othersMayWrite = !closed && (mode & OTHERS_WRITE) !== 0;
  const hasForeignFile = entries.some((name) => isForeign(join(folder, name), own));
  return othersMayWrite || hasForeignFile ? problem('folder-open', { folder }) : null;
}

function tighten(folder: string): boolean {
  try {
    chmodSync(folder, OWNER_ONLY);
    return true;
  } catch {
    return false;
  }
}

/** Whether one of our files belongs to another user than us or root. */
function isForeign(file: string, own: number): boolean {
  const found: Stats | undefined = lstatSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.uid !== own && found.uid !== 0;
}
