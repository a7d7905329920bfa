import { startNodePeer } from '../../src/core/node-peer.ts';
import { HISTORY_CONTACT } from '../lib/history.ts';
import { applyLoad, type LoadOptions } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';

export interface HistoryReaderOptions {
  readonly dataDir: string;
  /** What is asked one after the other in one counted pass; empty: the newest page. */
  readonly queries: readonly string[];
  readonly limit: number;
  readonly load: LoadOptions;
}

/** Reads as a window does: through the commands of a peer on the profile. */
playRole<HistoryReaderOptions, null>(async ({ dataDir, queries, limit, load }) => {
  const { app, stop } = await startNodePeer({
    dataDir,
    quiet: true,
    defaultName: 'Reader',
    onUnexpected: (error) => console.error(error),
  });
  const contactId = HISTORY_CONTACT.id;
  const readPage = () => app.messages({ contactId, before: null, limit });
  const search = async () => {
    for (const query of queries) await app.search({ query, contactId: null, before: null, limit });
  };
  const read = queries.length === 0 ? readPage : search;
  return { value: null, run: () => applyLoad({ ...load, inFlight: 1 }, read), stop };
});
