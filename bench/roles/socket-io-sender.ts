import { join } from 'node:path';
import { io } from 'socket.io-client';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { uuidv7 } from '../../src/shared/model/ids.ts';
import { addOtherSide } from '../lib/bench-contact.ts';
import { applyLoad } from '../lib/load.ts';
import { playRole } from '../lib/role.ts';
import { MESSAGE_EVENT, type SocketIoEnvelope } from '../lib/socket-io-contract.ts';
import { SAMPLE_TEXT } from '../lib/text.ts';
import type { DurableSenderOptions } from './durable-sender.ts';

/** Stores, sends, and counts a message when its acknowledgement is in our own store too. */
playRole<DurableSenderOptions, null>(async ({ port, dataDir, load }) => {
  const store = await openSqliteStore({ path: join(dataDir, HISTORY_FILE), world: systemWorld });
  const contactId = await addOtherSide(store);
  // The certificate is the server's own; only the cost of the encryption matters here.
  const options = { transports: ['websocket'], rejectUnauthorized: false, reconnection: false };
  const socket = io(`https://127.0.0.1:${port}`, options);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const deliver = async () => {
    const now = systemWorld.now();
    const id = uuidv7(now, systemWorld.randomBytes);
    const envelope: SocketIoEnvelope = { id, body: SAMPLE_TEXT, sentAt: now };
    const rest = { author: 'me', state: 'queued', problem: null, replyTo: null } as const;
    await store.addMessages([{ ...envelope, ...rest, contactId }]);
    await socket.emitWithAck(MESSAGE_EVENT, envelope);
    await store.setDelivery([{ contactId, id, event: 'acknowledged', problem: null }]);
  };
  return {
    value: null,
    run: () => applyLoad(load, deliver),
    stop: async () => {
      socket.disconnect();
      await store.close();
    },
  };
});
