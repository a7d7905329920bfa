import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** The tables whose content cannot be rebuilt. */
const TABLES = ['settings', 'counters', 'contacts', 'messages', 'deleted_messages'];

/** Larger files are checked in a separate thread: starting one takes longer than this. Bytes. */
const LARGE = 8 * 1024 * 1024;

/**
 * Whether all pages are sound. `quick_check` reads every page once but does not compare indexes
 * with tables. After a crash it covers the whole file. Otherwise it leaves out the word index,
 * which is most of the file and could be rebuilt. With 1,000,000 messages (270 MB, cached by the
 * system, two slow cores) that took 0.3 s, the whole file 0.9 s, and `integrity_check`, which
 * compares them, 2.9 s.
 */
export function pagesAreSound(database: DatabaseSync, whole: boolean): boolean {
  return checks(whole).every(
    (check) => database.prepare(`PRAGMA ${check}`).get()?.['quick_check'] === 'ok',
  );
}

function checks(whole: boolean): readonly string[] {
  return whole ? ['quick_check'] : TABLES.map((table) => `quick_check(${table})`);
}

/**
 * The same in another thread, only for a large file that was closed cleanly and is not open in this
 * process. True means that it is sound; false means unknown: it is checked when opened. The thread
 * takes the lock of an open history, and releases it.
 */
export async function foundSoundElsewhere(path: string): Promise<boolean> {
  if (statSync(path).size < LARGE) return false;
  return new Promise((resolve) => {
    const workerData = { path, checks: checks(false) };
    // As source text, since the path of a file differs between sources and packages.
    const worker = new Worker(CHECKER, { eval: true, workerData, execArgv: [] });
    let sound = false;
    worker.once('message', (answer: unknown) => {
      sound = answer === true;
    });
    worker.once('error', () => {
      sound = false;
    });
    worker.once('exit', () => resolve(sound));
  });
}

/** Closes before it answers. Errors are left to be reported when the file is opened. */
const CHECKER = `
'use strict';
// Some versions of Node warn that SQLite is experimental; the program's own warning is enough.
process.removeAllListeners('warning');
const { parentPort, workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(workerData.path, { timeout: 0 });
let sound = false;
try {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
  sound = workerData.checks.every(
    (check) => database.prepare('PRAGMA ' + check).get().quick_check === 'ok',
  );
} catch {
  sound = false;
} finally {
  database.close();
}
parentPort.postMessage(sound);
`;
