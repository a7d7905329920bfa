import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { dialTest, problemFrom } from '../support/network/dialling.ts';
import { startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';
import { cleanup, startServer, whileChatting } from './server-fixture.ts';

/** Groups that OpenSSL has too, and that cost much: a few milliseconds to a few dozen an exchange. */
const COSTLY = ['ffdhe8192', 'ffdhe6144', 'ffdhe4096', 'ffdhe3072', 'ffdhe2048', 'P-521', 'X448'];

let alice: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
});

const running: TcpServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** The group in which a caller that offers these meets a peer of ours. */
async function groupWith(offered: string): Promise<string> {
  const tls = { key: alice.privateKeyPem, cert: alice.certificatePem };
  const server = await startServer({ deps: { tls } });
  return whileChatting(server, async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: server.port,
      rejectUnauthorized: false,
      ecdhCurve: offered,
    });
    cleanup(() => socket.destroy());
    await once(socket, 'secureConnect');
    return (socket.getEphemeralKeyInfo() as { name?: string }).name ?? '';
  });
}

describe('a caller', () => {
  test.each(COSTLY)(
    'that supports key exchange by %s only is refused before that is computed',
    async (group) => {
      await expect(groupWith(group)).rejects.toMatchObject({
        // No group in common (RFC 8446, section 4.1.1).
        code: expect.stringMatching(/ALERT_HANDSHAKE_FAILURE$/),
      });
    },
  );

  test.each([
    ['X25519', 'X25519'],
    ['P-256', 'prime256v1'],
    ['ffdhe8192:P-521:P-256', 'prime256v1'],
  ])('that offers %s is connected with %s', async (offered, group) => {
    expect(await groupWith(offered)).toBe(group);
  });
});

describe('a listener', () => {
  test.each(COSTLY)('that accepts %s only is not a peer', async (ecdhCurve) => {
    const peer = createTlsPeer(alice, { ecdhCurve });
    const server = await startTcp(peer.server);
    running.push(server);
    const attempt = dialTest({ port: server.port }, { expectIdentity: alice.identity });
    expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    expect(peer.handshakes).toEqual([]);
  });
});
