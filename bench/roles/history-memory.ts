import { startNodePeer } from '../../src/core/node-peer.ts';
import { HISTORY_CONTACT } from '../lib/history.ts';
import { residentMemory } from '../lib/resident-memory.ts';
import { playRole } from '../lib/role.ts';
import { wordOf } from '../lib/text.ts';

const PAGE = 50;

/** A peer on a history; a run reads a page, searches, and tells the memory of the process. */
playRole<{ readonly dataDir: string }, null>(async ({ dataDir }) => {
  const { app, stop } = await startNodePeer({
    dataDir,
    quiet: true,
    defaultName: 'Memory',
    onUnexpected: (error) => console.error(error),
  });
  const run = async () => {
    await app.messages({ contactId: HISTORY_CONTACT.id, before: null, limit: PAGE });
    await app.search({ query: wordOf(3), contactId: null, before: null, limit: PAGE });
    return residentMemory();
  };
  return { value: null, run, stop };
});
