import { createServer } from 'node:https';
import { newWebSocketRpcSession } from 'capnweb';
import { WebSocketServer } from 'ws';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { listening } from '../lib/listening.ts';
import { residentMemory } from '../lib/resident-memory.ts';
import { playRole } from '../lib/role.ts';
import { BareRoot } from './bare-root.ts';

/** A Cap'n Web session on each WebSocket, over TLS, and nothing else; a run tells its memory. */
playRole(async () => {
  const identity = await makeIdentity(systemWorld);
  const server = createServer({ key: identity.privateKeyPem, cert: identity.certificatePem });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    newWebSocketRpcSession(socket as unknown as WebSocket, new BareRoot());
  });
  const run = async () => ({ links: sockets.clients.size, bytes: await residentMemory() });
  return { ...(await listening(server)), run };
});
