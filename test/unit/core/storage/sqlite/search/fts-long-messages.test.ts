import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { cachedStatements } from '../../../../../../src/core/storage/sqlite/rows.ts';
import { MAX_WORD_ROWS } from '../../../../../../src/core/storage/sqlite/schema.ts';
import { longMatches } from '../../../../../../src/core/storage/sqlite/search/fts-long-messages.ts';

test('a window of the index may have any number of long messages that match', async () => {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  const messages = 300_000;
  database.exec(`CREATE VIRTUAL TABLE long_message_words USING fts5 (words, content = '');
    INSERT INTO long_message_words (rowid, words)
      WITH RECURSIVE seqs (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM seqs LIMIT ${messages})
      SELECT seq * ${MAX_WORD_ROWS}, 'tea' FROM seqs;`);
  const deps = {
    sql: cachedStatements(database),
    read: async <T>(work: () => T) => work(),
    // Every step is quick, so that windows grow.
    uptime: () => 0,
  };
  const { seqs } = await longMatches(deps, ['"tea"'], messages + 1);
  expect(seqs).toHaveLength(messages);
  expect(seqs.at(-1)).toBe(1);
});
