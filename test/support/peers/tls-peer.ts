import { createServer, type Server } from 'node:https';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { RpcSession } from 'capnweb';
import { WebSocketServer } from 'ws';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import type { PeerIdentity } from '../../../src/core/identity/generate-identity.ts';
import { systemScheduler } from '../../../src/core/net/scheduling/system-scheduler.ts';
import { createSocketChannel } from '../../../src/core/net/websocket/websocket-channel.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import { TestRoot } from '../network/test-root.ts';

export interface TlsPeer {
  readonly server: Server;
  /** Each finished handshake, as the server saw it. */
  readonly handshakes: readonly TLSSocket[];
  /** Bytes received inside the encryption, over all connections. */
  readonly decrypted: () => Buffer;
}

/** An encrypted peer of the open contract, with Node's own TLS server. */
export function createTlsPeer(identity: PeerIdentity, options: TlsOptions = {}): TlsPeer {
  const handshakes: TLSSocket[] = [];
  const chunks: Buffer[] = [];
  const server = createServer({
    key: identity.privateKeyPem,
    cert: identity.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    ...options,
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    handshakes.push(socket);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => {});
  });
  const webSockets = new WebSocketServer({ server, path: '/rpc/ws' });
  webSockets.on('connection', (socket, request) => {
    const channel = createSocketChannel({
      socket,
      stream: request.socket,
      identity: null,
      secure: true,
      remoteHost: '127.0.0.1',
      remotePort: 0,
      limits: DEFAULT_LIMITS,
      world: systemWorld,
      scheduler: systemScheduler(DEFAULT_LIMITS),
    });
    new RpcSession(channel.transport, new TestRoot('Alice'));
  });
  return { server, handshakes, decrypted: () => Buffer.concat(chunks) };
}
