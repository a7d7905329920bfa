import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { applyLoad } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';
import type { HistoryReaderOptions } from './history-reader.ts';

/** The same hits by one prepared FTS5 query, texts included: a hit is there to be shown. */
playRole<HistoryReaderOptions, null>(async ({ dataDir, queries, limit, load }) => {
  const database = new DatabaseSync(join(dataDir, HISTORY_FILE), { readOnly: true });
  const statement = database.prepare(
    `SELECT m.seq, m.body FROM message_words w JOIN messages m ON m.seq = w.rowid
     WHERE w.words MATCH ? ORDER BY w.rowid DESC LIMIT ?`,
  );
  const matches = queries.map((query) => `${query.split(' ').join(' AND ')}*`);
  const pass = async () => {
    for (const match of matches) statement.all(match, limit);
  };
  const run = () => applyLoad({ ...load, inFlight: 1 }, pass);
  return { value: null, run, stop: () => database.close() };
});
