import { expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity } from '../../src/core/identity/generate-identity.ts';
import { loadOrMakeIdentity } from '../../src/core/identity/identity-file.ts';
import { type HandshakeEnd, tlsByHand } from '../support/network/tls-by-hand.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

/** The alert of TLS for a signature that does not fit (RFC 8446, section 6.2). */
const DECRYPT_ERROR = 51;

const CHAT = '["push",["pipeline",0,["chat"],["It is me, Bob!"]]]\n["pull",1]';
const REQUEST = [
  'POST /rpc/batch HTTP/1.1',
  'Host: 127.0.0.1',
  `Content-Length: ${CHAT.length}`,
  'Connection: close',
  '',
  CHAT,
].join('\r\n');

/** Bob knows Alice; then somebody calls Alice with Bob's certificate and one key or another. */
async function callAs(keyOf: 'Bob' | 'Mallory') {
  const alice = await RealPeer.start('Alice');
  const bob = await RealPeer.start('Bob');
  const toAlice = await bob.connect(`127.0.0.1:${alice.port}`);
  await bob.send(toAlice, 'Hello');
  await bob.untilDelivered(toAlice);
  await bob.stop();
  const own = await loadOrMakeIdentity(bob.dataDir, systemWorld);
  const signer = keyOf === 'Bob' ? own : await makeIdentity(systemWorld);
  const end: HandshakeEnd = await tlsByHand({
    port: alice.port,
    certificatePem: own.certificatePem,
    privateKeyPem: signer.privateKeyPem,
    request: REQUEST,
  });
  const bodies = await alice.bodies((await alice.with(bob)).contact.id, 'them');
  return { end, bodies, conversations: await alice.conversations() };
}

test('a certificate presented without its private key authenticates nothing', async () => {
  const { end, bodies, conversations } = await callAs('Mallory');
  expect(end).toEqual({ type: 'alert', description: DECRYPT_ERROR });
  expect(bodies).toEqual(['Hello']);
  expect(conversations).toHaveLength(1);
});

test('the same handshake with the private key is accepted (control)', async () => {
  const { end, bodies } = await callAs('Bob');
  expect(end).toMatchObject({ type: 'answered' });
  expect(end.type === 'answered' && end.text).toMatch(/^HTTP\/1\.1 200 /);
  expect(bodies).toEqual(['Hello', 'It is me, Bob!']);
});
