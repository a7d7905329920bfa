import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The least that durable storage costs: one row, one commit, as safe against a power cut as ours. */
export function openCommitLog(folder: string): (text: string) => void {
  const database = new DatabaseSync(join(folder, 'log.db'));
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
  `);
  const insert = database.prepare('INSERT INTO log (text) VALUES (?)');
  return (text) => {
    insert.run(text);
  };
}
