import { mkdirSync } from 'node:fs';
import { createServer } from 'node:https';
import { WebSocketServer } from 'ws';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { openCommitLog } from '../lib/commit-log.ts';
import { listening } from '../lib/listening.ts';
import { playRole } from '../lib/role.ts';

/** Answers each message with itself when it is on disk. */
playRole<{ readonly dataDir: string }, { readonly port: number }>(async ({ dataDir }) => {
  mkdirSync(dataDir, { recursive: true });
  const commit = openCommitLog(dataDir);
  const identity = await makeIdentity(systemWorld);
  const server = createServer({ key: identity.privateKeyPem, cert: identity.certificatePem });
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (data) => {
      const text = data.toString();
      commit(text);
      socket.send(text);
    });
  });
  return listening(server);
});
