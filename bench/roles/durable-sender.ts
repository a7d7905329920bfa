import { systemWorld } from '../../src/core/base/system-world.ts';
import { startNodePeer } from '../../src/core/node-peer.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import type { Message } from '../../src/shared/model/model.ts';
import { connectTo } from '../lib/connect-to.ts';
import { applyLoad, type LoadOptions } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';
import { SAMPLE_TEXT } from '../lib/text.ts';

export interface DurableSenderOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly load: LoadOptions;
}

/** Sends as a window does; a message counts when its `delivered` is announced. */
playRole<DurableSenderOptions, null>(async ({ port, dataDir, load }) => {
  const peer = await startNodePeer({
    dataDir,
    port: 0,
    host: '127.0.0.1',
    defaultName: 'Sender',
    onUnexpected: (error) => console.error(error),
  });
  const contactId = await connectTo(peer, port);
  const waiting = new Map<Message['id'], () => void>();
  const { seq } = await peer.app.snapshot({});
  peer.app.subscribe(seq, (batch) => {
    if (batch.type === 'gap') throw new Error('Events were missed.');
    for (const { event } of batch.events) {
      if (event.type !== 'message-changed' || event.message.state !== 'delivered') continue;
      waiting.get(event.message.id)?.();
      waiting.delete(event.message.id);
    }
  });
  const deliver = async () => {
    const id = uuidv7(systemWorld.now(), systemWorld.randomBytes);
    const delivered = new Promise<void>((resolve) => waiting.set(id, resolve));
    await peer.app.send({ contactId, id, body: SAMPLE_TEXT });
    await delivered;
  };
  return { value: null, run: () => applyLoad(load, deliver), stop: peer.stop };
});
