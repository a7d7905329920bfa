import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { type Boundary, boundaryOf } from './boundary.ts';
import { mutated } from './generators/bytes.ts';
import { exchange } from './raw-exchange.ts';
import { startTarget } from './target-peer.ts';

/** First flights of TLS handshakes, real ones damaged: an alert or nothing, and others go on. */
export const handshakeFlights: Boundary = {
  name: 'flights of TLS handshakes',
  // Many are never complete, and wait until the peer gives them up.
  runs: 40,
  open: async () => {
    const peer = await startTarget();
    const flights = [await realFlight({}), await realFlight({ servername: 'alice.example' })];
    const record = fc
      .tuple(fc.constantFrom(20, 21, 22, 23, 24), fc.uint8Array({ maxLength: 600 }))
      .map(([type, body]) =>
        Buffer.concat([Buffer.from([type, 3, 3, body.length >> 8, body.length & 255]), body]),
      );
    const flight = fc.oneof(
      { weight: 4, arbitrary: mutated(fc.constantFrom(...flights)) },
      { weight: 1, arbitrary: fc.array(record, { minLength: 1, maxLength: 4 }).map(Buffer.concat) },
    );
    const attempt = async (bytes: Buffer) => {
      const answer = await exchange(peer.port, bytes);
      // To what begins like TLS nobody answers in the clear.
      if (bytes[0] === 22 && answer.toString('latin1').startsWith('HTTP')) {
        throw new Error('An answer in the clear.');
      }
      await peer.check();
    };
    return boundaryOf(flight, attempt, peer.stop);
  },
};

/** What a client of ours sends first. */
async function realFlight(options: { readonly servername?: string }): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const identity = await makeIdentity(systemWorld);
  const client = connect({
    ...options,
    host: '127.0.0.1',
    port: address.port,
    key: identity.privateKeyPem,
    cert: identity.certificatePem,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: false,
  });
  client.on('error', () => {});
  const [socket] = (await once(server, 'connection')) as [Socket];
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  client.destroy();
  socket.destroy();
  server.close();
  return bytes;
}
