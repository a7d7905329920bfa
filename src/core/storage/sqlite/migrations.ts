import type { DatabaseSync } from 'node:sqlite';
import { isForeign, ownId } from '../own-id.ts';
import {
  APPLICATION_ID,
  SCHEMA_1,
  SCHEMA_2,
  SCHEMA_3,
  SCHEMA_5,
  SCHEMA_6,
  SCHEMA_7,
} from './schema.ts';

/**
 * Step `n` migrates a file from version `n` to `n + 1`. Forward only, and never edited once
 * released: a file stores the number of completed steps in `user_version`.
 */
const steps: readonly ((database: DatabaseSync) => void)[] = [
  (database) => database.exec(SCHEMA_1),
  (database) => database.exec(SCHEMA_2),
  (database) => database.exec(SCHEMA_3),
  mapForeignIds,
  replaceWords,
  (database) => database.exec(SCHEMA_6),
  (database) => database.exec(SCHEMA_7),
];

/** The version this build reads and writes. */
export const SCHEMA_VERSION = steps.length;

/**
 * Migrates the file to `SCHEMA_VERSION`, one transaction per step. Returns whether anything
 * changed.
 */
export function migrate(database: DatabaseSync, from: number): boolean {
  steps.slice(from).forEach((step, index) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      step(database);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.exec(`PRAGMA user_version = ${from + index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  });
  return from < steps.length;
}

/**
 * Version 4: all ids are ours. Earlier versions imported those of other programs unchanged, and no
 * command or contact accepts them: such a conversation could not be opened. Only the indexes on ids
 * are read, so that it takes no longer in a long history than scanning them (1,000,000 messages:
 * 0.3 s).
 */
function mapForeignIds(database: DatabaseSync): void {
  database.function('own_id', { deterministic: true }, (id) => ownId(String(id)));
  database.exec(`
    UPDATE contacts SET id = own_id(id) WHERE id IS NOT NULL AND ${isForeign('id')};
    UPDATE messages SET id = own_id(id)
      WHERE seq IN (SELECT seq FROM messages WHERE ${isForeign('id')});
    INSERT OR IGNORE INTO deleted_messages
      SELECT contact, author, own_id(id) FROM deleted_messages WHERE ${isForeign('id')};
    DELETE FROM deleted_messages WHERE ${isForeign('id')};
  `);
}

/**
 * Version 5: a new tokeniser. The index starts empty, and is filled after the start in steps
 * (fts-index.ts), continued at the next start; a search meanwhile reads the messages themselves.
 * Its old pages are freed without being overwritten, which takes a tenth of the time (a history of
 * 200,000 messages: 35 ms): they held words of messages that are in the same file, and are the
 * first that the new index is written to.
 */
function replaceWords(database: DatabaseSync): void {
  database.exec('PRAGMA secure_delete = OFF');
  try {
    database.exec(SCHEMA_5);
  } finally {
    database.exec('PRAGMA secure_delete = ON');
  }
}
