import { startNodePeer } from '../../src/peer/node-peer.ts';
import { DEFAULT_LIMITS } from '../../src/shared/limits.ts';
import { playRole } from '../lib/role.ts';

export interface ParleyServerOptions {
  readonly dataDir: string;
  /** Calls a second that one connection may make; not given: as released. */
  readonly callsPerSecond?: number;
}

playRole<ParleyServerOptions, { readonly port: number }>(async ({ dataDir, callsPerSecond }) => {
  const rate = callsPerSecond && { callsPerSecond, callBurst: callsPerSecond * 2 };
  const peer = await startNodePeer({
    dataDir,
    port: 0,
    host: '127.0.0.1',
    defaultName: 'Parley',
    acceptsStrangers: true,
    limits: { ...DEFAULT_LIMITS, ...rate },
    onUnexpected: (error) => console.error(error),
  });
  const { listening } = (await peer.app.snapshot({})).self;
  if (listening === null) throw new Error('The peer does not listen.');
  return { value: { port: listening.port }, stop: peer.stop };
});
