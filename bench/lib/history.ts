import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SCHEMA_VERSION } from '../../src/core/storage/sqlite/migrations.ts';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { benchContact } from './bench-contact.ts';
import { startRole } from './start-role.ts';

/** Long histories take a minute to make, so they are kept (and not committed). */
const KEPT = join(import.meta.dirname, '../../.bench');
/** To be raised when the texts, or a schema that is not released yet, change. */
const GENERATION = 4;

/** With whom nine of ten messages were exchanged; nobody dials them. */
export const HISTORY_CONTACT = benchContact({
  id: 'c0000000-0000-7000-8000-000000000001',
  name: 'History',
});

/** With whom the rest was, the oldest. */
export const SECOND_CONTACT = benchContact({
  id: 'c0000000-0000-7000-8000-000000000002',
  name: 'Second',
});

/** To whom there is no way, so that what is sent waits; with no messages yet. */
export const OFFLINE_CONTACT = benchContact({
  id: 'c0000000-0000-7000-8000-000000000003',
  name: 'Offline',
  kind: 'open',
});

/** The profile folder with so many messages; made when it is not there. */
export async function historyOf(messages: number): Promise<string> {
  const folder = join(KEPT, `history-${messages}-schema-${SCHEMA_VERSION}-${GENERATION}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const options = { dataDir: unfinished, messages };
    await (await startRole({ role: 'make-history.ts', options })).stop();
    mergeWords(join(unfinished, HISTORY_FILE));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/**
 * Merges the word index to the end, as it is when the program has had time: messages come much faster
 * here than people write them.
 */
function mergeWords(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA secure_delete = ON');
  const merge = database.prepare(
    "INSERT INTO message_words (message_words, rank) VALUES ('merge', 1000)",
  );
  const changes = database.prepare('SELECT total_changes() AS changes');
  for (let before = -2, now = 0; now - before >= 2; ) {
    before = Number(changes.get()?.['changes']);
    merge.run();
    now = Number(changes.get()?.['changes']);
  }
  database.close();
}

/** A history of so many messages for a new profile in `folder`, with an identity of its own. */
export async function copyHistory(messages: number, folder: string): Promise<void> {
  const kept = await historyOf(messages);
  mkdirSync(folder, { recursive: true });
  // Who has read the kept one has left an identity beside it.
  for (const name of readdirSync(kept).filter((it) => it.startsWith(HISTORY_FILE))) {
    cpSync(join(kept, name), join(folder, name));
    flush(join(folder, name));
  }
}

/** The first commit on a copy would otherwise wait until all of the copy is on disk. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
