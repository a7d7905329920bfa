import { afterEach } from 'vitest';
import { diagnoseAlone, type NodeDoctorOptions } from '../../../src/core/doctor/node-doctor.ts';
import { startNodePeer } from '../../../src/core/node-peer.ts';
import type { Peer } from '../../../src/core/peer.ts';
import type { Diagnosis } from '../../../src/shared/model/diagnosis.ts';
import type { TcpServer } from '../network/tcp-server.ts';

const servers: TcpServer[] = [];
const peers = new Set<Peer>();

/** Stops the server after the running test. */
export async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  servers.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(Array.from(peers, stopPeer));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

export interface Running {
  readonly peer: Peer;
  readonly port: number;
  readonly identity: string;
}

/** A real core on loopback. */
export async function startPeer(
  name: string,
  port = 0,
  dataDir: string | null = null,
): Promise<Running> {
  const peer = await startNodePeer({
    name,
    port,
    dataDir,
    defaultName: name,
    onUnexpected: (error) => {
      throw error;
    },
  });
  peers.add(peer);
  const { listening, identity } = (await peer.app.snapshot({})).self;
  return { peer, port: listening?.port ?? 0, identity: identity ?? '' };
}

/** Stops a peer before its test ends. */
export async function stopPeer(peer: Peer): Promise<void> {
  peers.delete(peer);
  await peer.stop();
}

/** The doctor without a peer, with short timeouts. */
export const examine = (
  address: string | number,
  options: Partial<NodeDoctorOptions> = {},
): Promise<Diagnosis> =>
  diagnoseAlone(typeof address === 'number' ? `127.0.0.1:${address}` : address, {
    dataDir: null,
    listenPort: null,
    timeouts: { silence: 100, recognise: 200 },
    onUnexpected: (error) => {
      throw error;
    },
    ...options,
  });

/** Resolves when the only contact is online. */
export async function online({ app }: Peer): Promise<void> {
  const { seq, conversations } = await app.snapshot({});
  if (conversations[0]?.link.phase === 'online') return;
  await new Promise<void>((resolve) => {
    const unsubscribe = app.subscribe(seq, (batch) => {
      if (batch.type === 'gap') return;
      for (const { event } of batch.events) {
        if (event.type !== 'conversation-changed') continue;
        if (event.conversation.link.phase !== 'online') continue;
        queueMicrotask(() => unsubscribe());
        resolve();
      }
    });
  });
}
