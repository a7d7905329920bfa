import { startNodePeer } from '../../src/core/node-peer.ts';
import type { Peer } from '../../src/core/peer.ts';
import { connectTo } from '../lib/connect-to.ts';
import { playRole } from '../lib/role.ts';

export interface LinkCallersOptions {
  readonly port: number;
  readonly count: number;
}

/** Handshakes under way at once. */
const AT_ONCE = 8;

/** Many peers in one process, each with an identity of its own, all linked to one. */
playRole<LinkCallersOptions, null>(async ({ port, count }) => {
  const peers: Peer[] = [];
  let begun = 0;
  const linkSome = async () => {
    while (begun < count) {
      begun += 1;
      const peer = await startNodePeer({
        dataDir: null,
        quiet: true,
        defaultName: `Caller ${begun}`,
        onUnexpected: (error) => console.error(error),
      });
      peers.push(peer);
      await connectTo(peer, port);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, linkSome));
  return {
    value: null,
    stop: async () => {
      await Promise.all(peers.map((peer) => peer.stop()));
    },
  };
});
