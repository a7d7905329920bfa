import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { raise } from '../../../shared/problems/problem.ts';
import { type PlainReason, reason } from '../../../shared/problems/problem-reasons.ts';
import { foundSoundElsewhere, pagesAreSound } from './check-pages.ts';
import { detachFile, keepCopy } from './kept-copy.ts';
import { migrate, SCHEMA_VERSION } from './migrations.ts';
import { APPLICATION_ID } from './schema.ts';
import { isBusy, isDamage, storageError } from './storage-problem.ts';

/** Files that this process has open. */
const openHere = new Set<string>();

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Closes the file and releases the lock. */
  readonly close: () => void;
}

/**
 * Opens, or creates, the history at `path` for this process alone, checks and migrates it. Rejects
 * with `profile-in-use`, `store-newer`, `store-foreign`, `store-damaged` or `storage`; the file is
 * then unchanged.
 *
 * The lock is SQLite's own: in `locking_mode=EXCLUSIVE` the connection keeps its file lock until it
 * closes. It belongs to the process, so the system releases it however the process ends, and it
 * also keeps other SQLite programs from changing the history. POSIX drops a file's locks when a
 * process closes *any* descriptor of it, hence `openHere`: this process never touches a file that
 * it already has open.
 */
export async function openDatabase(path: string, now: () => number): Promise<OpenedDatabase> {
  const file = resolve(path);
  if (openHere.has(file)) raise('profile-in-use');
  openHere.add(file);
  try {
    const database = await openFile(file, now);
    const close = () => {
      if (database.isOpen) database.close();
      openHere.delete(file);
    };
    return { database, close };
  } catch (error) {
    openHere.delete(file);
    throw storageError(error);
  }
}

async function openFile(path: string, now: () => number): Promise<DatabaseSync> {
  prepareFile(path);
  refuseNewer(path);
  // A clean close removes the write-ahead log, so an existing one means a crash.
  const crashed = existsSync(`${path}-wal`);
  let database: DatabaseSync | null = null;
  try {
    const clean = !crashed && !existsSync(`${path}-journal`);
    if (clean) checkLength(path);
    const sound = clean && (await foundSoundElsewhere(path));
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 0 });
    lock(database);
    const version = checkVersion(database, path);
    // Only now it is known to be ours: a link may lead anywhere.
    keepToUser(path);
    if (version > 0 && !sound && !pagesAreSound(database, crashed)) throw new Damage('store-pages');
    bringUpToDate(database, version);
    return database;
  } catch (error) {
    const why = damageOf(error);
    if (why === null) {
      database?.close();
      throw error;
    }
    detachFile(path);
    database?.close();
    removeEmptyLog(path);
    return raise('store-damaged', {
      ...reason(why),
      file: basename(path),
      copy: copyOf(path, now()),
    });
  }
}

/** Creates the file and its folder if they are missing, for the user alone. */
function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  refuseSpecial(path);
  closeSync(openSync(path, 'a', 0o600));
}

/** Only the user may read the file; SQLite gives its log the same mode. */
function keepToUser(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700);
}

/**
 * Refuses special files: opening a pipe would block, a device may do anything.
 *
 * @throws ProblemError `storage`
 */
export function refuseSpecial(path: string): void {
  for (const part of ['', '-wal', '-journal']) {
    const found = statSync(path + part, { throwIfNoEntry: false });
    if (!found || found.isFile()) continue;
    if (!found.isDirectory()) raise('storage', reason('file-failed'));
    // SQLite itself reports a folder in place of a file beside it.
    if (part === '') raise('storage', reason('folder-for-file'));
  }
}

/**
 * Reads application and version straight from the file's header (https://sqlite.org/fileformat.html):
 * merely opening another program's or a newer file with SQLite could write to it.
 */
function refuseNewer(path: string): void {
  const header = readHeader(path);
  if (header) refuse(path, header.readUInt32BE(68), header.readInt32BE(60));
}

/** Null when the file does not begin with SQLite's header. Missing bytes read as zeros. */
function readHeader(path: string): Buffer | null {
  const header = Buffer.alloc(100);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  return header.toString('latin1', 0, 16) === 'SQLite format 3\0' ? header : null;
}

/**
 * After a clean close the file is a whole number of pages. SQLite reads missing bytes of the last
 * one as zeros, and treats a file shorter than its header as empty, with a log beside it.
 */
function checkLength(path: string): void {
  const header = readHeader(path);
  const pageSize = header?.readUInt16BE(16) || 1;
  if (statSync(path).size % pageSize !== 0) throw new Damage('store-cut-off');
}

function refuse(path: string, applicationId: number, version: number): void {
  const unmarked = applicationId === 0 && version === 0;
  if (applicationId !== APPLICATION_ID && !unmarked)
    raise('store-foreign', { file: basename(path) });
  if (version > SCHEMA_VERSION) raise('store-newer', { file: basename(path) });
}

function lock(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    if (isBusy(error)) raise('profile-in-use');
    throw error;
  }
}

/** The schema version of a locked file; 0 for one without any content. */
function checkVersion(database: DatabaseSync, path: string): number {
  const version = pragma(database, 'user_version');
  refuse(path, pragma(database, 'application_id'), version);
  const objects = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get();
  if (version === 0 && objects?.['count'] !== 0) raise('store-foreign', { file: basename(path) });
  return version;
}

export function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function bringUpToDate(database: DatabaseSync, version: number): void {
  // A new file gets its tables before it gets its log, so that it is either empty or complete.
  if (version === 0) migrate(database, 0);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
  `);
  // A new version goes into the header at once: that is where older builds look for it.
  if (version > 0 && migrate(database, version)) {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

class Damage extends Error {
  readonly why: PlainReason;

  constructor(why: PlainReason) {
    super(why);
    this.why = why;
  }
}

/** The damage that the error reports; null when it is about something else. */
function damageOf(error: unknown): PlainReason | null {
  if (error instanceof Damage) return error.why;
  return isDamage(error) ? 'store-unreadable' : null;
}

/** Opening created a log where there was none; nothing was written to it. */
function removeEmptyLog(path: string): void {
  const log = `${path}-wal`;
  if (statSync(log, { throwIfNoEntry: false })?.size === 0) rmSync(log);
}

function copyOf(path: string, now: number): string {
  try {
    return keepCopy(path, now);
  } catch {
    return 'none, as it could not be written';
  }
}
