import { startNodePeer } from '../../src/core/node-peer.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { residentMemory } from '../lib/resident-memory.ts';
import { playRole } from '../lib/role.ts';

export interface LinkHolderOptions {
  readonly dataDir: string;
  /** Connections that it takes from one address; all of them come from this computer. */
  readonly connections: number;
}

/** A peer that is called by many; a run tells its memory. */
playRole<LinkHolderOptions, { readonly port: number }>(async ({ dataDir, connections }) => {
  const peer = await startNodePeer({
    dataDir,
    port: 0,
    host: '127.0.0.1',
    defaultName: 'Holder',
    acceptsStrangers: true,
    limits: {
      ...DEFAULT_LIMITS,
      connectionsPerAddress: connections,
      emptyStrangers: connections,
      strangersPerMinute: connections,
    },
    onUnexpected: (error) => console.error(error),
  });
  const { listening } = (await peer.app.snapshot({})).self;
  if (listening === null) throw new Error('The peer does not listen.');
  const run = async () => {
    const { conversations } = await peer.app.snapshot({});
    const linked = conversations.filter(({ link }) => link.phase === 'online').length;
    return { links: linked, bytes: await residentMemory() };
  };
  return { value: { port: listening.port }, run, stop: peer.stop };
});
