import { startNodePeer } from '../../src/core/node-peer.ts';
import { acceptFirst } from '../lib/accept-first.ts';
import { playRole } from '../lib/role.ts';

export interface ParleyServerOptions {
  readonly dataDir: string;
}

playRole<ParleyServerOptions, { readonly port: number }>(async ({ dataDir }) => {
  const peer = await startNodePeer({
    dataDir,
    port: 0,
    host: '127.0.0.1',
    defaultName: 'Parley',
    acceptsStrangers: true,
    onUnexpected: (error) => console.error(error),
  });
  acceptFirst(peer);
  const { listening } = (await peer.app.snapshot({})).self;
  if (listening === null) throw new Error('The peer does not listen.');
  return { value: { port: listening.port }, stop: peer.stop };
});
