import type { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID, SCHEMA_1, SCHEMA_2, SCHEMA_3 } from './schema.ts';

/**
 * Step `n` brings a file from version `n` to `n + 1`. Forward only, and never edited once released:
 * a file keeps the number of steps it has seen in `user_version`.
 */
const steps: readonly ((database: DatabaseSync) => void)[] = [
  (database) => database.exec(SCHEMA_1),
  (database) => database.exec(SCHEMA_2),
  (database) => database.exec(SCHEMA_3),
];

/** The version this build reads and writes. */
export const SCHEMA_VERSION = steps.length;

/** Brings the file to `SCHEMA_VERSION`, one transaction a step. Returns whether anything changed. */
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
