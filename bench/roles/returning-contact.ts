import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type NodePeer, startNodePeer } from '../../src/core/node-peer.ts';
import { connectTo } from '../lib/connect-to.ts';
import { playRole } from '../lib/role.ts';

export interface ReturningContactOptions {
  readonly port: number;
  readonly folder: string;
  /** When the second contact begins to connect, and how long the first one stays, milliseconds. */
  readonly begins: number;
  readonly duration: number;
}

export interface Stay {
  /** How often the contact that was linked has lost its link. */
  readonly lost: number;
  /** How long the other one took to be linked again, seconds. Infinite: it was not. */
  readonly connected: number;
}

/** Two contacts: one that stays linked, and one that goes and comes back. */
playRole<ReturningContactOptions, null>(async ({ port, folder, begins, duration }) => {
  const start = (name: string) =>
    startNodePeer({
      dataDir: join(folder, name),
      port: 0,
      host: '127.0.0.1',
      defaultName: name,
      onUnexpected: (error) => console.error(error),
    });
  const steady = await start('steady');
  await connectTo(steady, port);
  const before = await start('returning');
  await connectTo(before, port);
  await before.stop();
  const run = async (): Promise<Stay> => {
    const lost = await countLosses(steady);
    await sleep(begins);
    const began = performance.now();
    const returning = await start('returning');
    const connected = await Promise.race([
      connectTo(returning, port).then(() => (performance.now() - began) / 1_000),
      sleep(duration, Number.POSITIVE_INFINITY),
    ]);
    await sleep(Math.max(0, duration - (performance.now() - began)));
    await returning.stop();
    return { lost: lost(), connected };
  };
  return { value: null, run, stop: steady.stop };
});

async function countLosses({ app }: NodePeer): Promise<() => number> {
  let lost = 0;
  const { seq } = await app.snapshot({});
  app.subscribe(seq, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type !== 'conversation-changed') continue;
      if (event.conversation.link.phase !== 'online') lost += 1;
    }
  });
  return () => lost;
}
