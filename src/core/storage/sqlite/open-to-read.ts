import { copyFileSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { raise } from '../../../shared/problems/problem.ts';
import { reason } from '../../../shared/problems/problem-reasons.ts';
import { SCHEMA_VERSION } from './migrations.ts';
import { type OpenedDatabase, openDatabase, pragma, refuseSpecial } from './open-database.ts';
import { makeReadFolder, removeAbandonedReads } from './read-folder.ts';
import { APPLICATION_ID } from './schema.ts';
import { isDamage, storageError } from './storage-problem.ts';

/**
 * Opens the history at `path` without write access: a disk that is mounted read-only, a backup,
 * another user's folder. Neither the file nor its folder is touched, no lock is taken and no file
 * is created beside it. No other process may write to it meanwhile.
 *
 * SQLite cannot read a history that has a write-ahead log, or migrate an old one, without writing:
 * such a history is copied to the system's folder for temporary files (for this user alone) and
 * read there; closing removes the copy. A copy left by a killed process is removed by the next one
 * that reads in this way.
 *
 * Rejects with `store-newer`, `store-foreign`, `store-damaged` or `storage`.
 */
export async function openDatabaseToRead(path: string, now: () => number): Promise<OpenedDatabase> {
  const file = resolve(path);
  try {
    refuseSpecial(file);
    if (isFile(`${file}-wal`) || isFile(`${file}-journal`)) return await openCopy(file, now);
    const database = openInPlace(file);
    if (versionOf(database) === SCHEMA_VERSION)
      return { database, close: () => closeOnce(database) };
    database.close();
    return await openCopy(file, now);
  } catch (error) {
    if (!isDamage(error)) throw storageError(error);
    return raise('store-damaged', {
      ...reason('store-unreadable'),
      file: basename(file),
      copy: 'none, as nothing may be written there',
    });
  }
}

function openInPlace(file: string): DatabaseSync {
  const url = pathToFileURL(file);
  // The file does not change: so no lock, and no shared memory beside the file
  // (https://sqlite.org/uri.html).
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true, timeout: 0 });
  try {
    const application = pragma(database, 'application_id');
    const version = versionOf(database);
    if (application !== APPLICATION_ID) raise('store-foreign', { file: basename(file) });
    if (version > SCHEMA_VERSION) raise('store-newer', { file: basename(file) });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function openCopy(file: string, now: () => number): Promise<OpenedDatabase> {
  removeAbandonedReads();
  const folder = makeReadFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(file));
    for (const part of ['', '-wal', '-journal']) {
      if (isFile(file + part)) copyFileSync(file + part, copy + part);
    }
    const { database, close } = await openDatabase(copy, now);
    return {
      database,
      close: () => {
        close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function closeOnce(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}

function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version');
}
