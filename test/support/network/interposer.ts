import { connect, createServer, type TLSSocket } from 'node:tls';
import type { PeerIdentity } from '../../../src/core/identity/generate-identity.ts';
import { startTcp, type TcpServer } from './tcp-server.ts';

export interface Interposer extends TcpServer {
  /** Every byte that callers sent inside the encryption. */
  readonly decrypted: () => Buffer;
}

/**
 * Someone in the middle: ends the TLS of callers with the given key, reads along, and passes
 * everything on to the peer at `target` of 127.0.0.1 in a TLS connection of its own.
 */
export async function startInterposer(identity: PeerIdentity, target: number): Promise<Interposer> {
  const tls = { key: identity.privateKeyPem, cert: identity.certificatePem };
  const chunks: Buffer[] = [];
  const server = createServer(
    { ...tls, requestCert: true, rejectUnauthorized: false },
    (near: TLSSocket) => {
      const far = connect({ ...tls, host: '127.0.0.1', port: target, rejectUnauthorized: false });
      near.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        far.write(chunk);
      });
      far.on('data', (chunk: Buffer) => near.write(chunk));
      near.on('error', () => undefined);
      far.on('error', () => undefined);
      near.once('close', () => far.destroy());
      far.once('close', () => near.destroy());
    },
  );
  const listening = await startTcp(server);
  return {
    ...listening,
    decrypted: () => Buffer.concat(chunks),
  };
}
