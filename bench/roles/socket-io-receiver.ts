import { createServer } from 'node:https';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { openSqliteStore } from '../../src/core/storage/sqlite/store.ts';
import { HISTORY_FILE } from '../../src/core/storage/store.ts';
import { addOtherSide } from '../lib/bench-contact.ts';
import { listening } from '../lib/listening.ts';
import { playRole } from '../lib/role.ts';
import { MESSAGE_EVENT, type SocketIoEnvelope } from '../lib/socket-io-contract.ts';

/**
 * Takes messages by socket.io and acknowledges each when our own store has it: all that differs
 * from a peer is protocol and transport. It checks nothing, as the library's examples do not.
 */
playRole<{ readonly dataDir: string }, { readonly port: number }>(async ({ dataDir }) => {
  const store = await openSqliteStore({ path: join(dataDir, HISTORY_FILE), world: systemWorld });
  const contactId = await addOtherSide(store);
  const identity = await makeIdentity(systemWorld);
  const server = createServer({ key: identity.privateKeyPem, cert: identity.certificatePem });
  const io = new Server(server, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    socket.on(MESSAGE_EVENT, async (envelope: SocketIoEnvelope, acknowledge: () => void) => {
      const rest = { author: 'them', state: 'received', problem: null, replyTo: null } as const;
      await store.addMessages([{ ...envelope, ...rest, contactId }]);
      acknowledge();
    });
  });
  const playing = await listening(server);
  return {
    ...playing,
    stop: async () => {
      await io.close();
      await store.close();
    },
  };
});
