import { X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { parseClientHello } from '../support/network/client-hello.ts';
import { channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { startRecording, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';

/**
 * What OpenSSL (plain Node) and BoringSSL (Electron's Node) both have, by their TLS code points.
 * A peer may offer more, but must get along with exactly this.
 */
const SUITES = {
  TLS_AES_128_GCM_SHA256: 0x1301,
  TLS_AES_256_GCM_SHA384: 0x1302,
  TLS_CHACHA20_POLY1305_SHA256: 0x1303,
} as const;
const GROUPS = { X25519: 0x001d, 'P-256': 0x0017 } as const;
/** What a library of today adds: as cheap, and not for quantum computers. */
const X25519MLKEM768 = 0x11ec;
const TLS_1_3 = 0x0304;
const ECDSA_P256_SHA256 = 0x0403;
/** Announces safe renegotiation to old servers; it is no cipher (RFC 5746). */
const SIGNALLING_SUITE = 0x00ff;

let alice: PeerIdentity;
let bob: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
  bob = await makeIdentity(systemWorld);
});

const running: TcpServer[] = [];
async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  running.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function helloTo(host: string) {
  const server = await started(startRecording((socket) => socket.destroy()));
  const lookup = async () => [{ address: '127.0.0.1', family: 4 }] as const;
  await problemFrom(
    dialTest({ port: server.port, scheme: 'secure', host }, {}, { lookup }).dialled,
  );
  return parseClientHello(server.received());
}

describe('our ClientHello', () => {
  test('offers TLS 1.3 only, with suites that every library has', async () => {
    const { versions, suites } = await helloTo('127.0.0.1');
    expect(versions).toEqual([TLS_1_3]);
    const known: readonly number[] = [...Object.values(SUITES), SIGNALLING_SUITE];
    expect(suites.filter((suite) => !known.includes(suite))).toEqual([]);
    expect(suites).toContain(SUITES.TLS_AES_128_GCM_SHA256);
  });

  test('offers the groups and the signature algorithm that every peer has', async () => {
    const { groups, signatures } = await helloTo('127.0.0.1');
    // Nothing else: whoever answers chooses, and some groups cost a hundred times as much.
    expect(groups.filter((group) => group !== X25519MLKEM768)).toEqual(Object.values(GROUPS));
    expect(signatures).toContain(ECDSA_P256_SHA256);
  });

  test('has a server name for a name, none for an IP address', async () => {
    expect((await helloTo('alice.example')).serverName).toBe('alice.example');
    expect((await helloTo('127.0.0.1')).serverName).toBeNull();
  });
});

describe('a peer that supports only', () => {
  const choices = Object.keys(SUITES).flatMap((suite) =>
    Object.keys(GROUPS).map((group) => ({ suite, group })),
  );

  test.each(choices)('$suite with $group is connected', async ({ suite, group }) => {
    const peer = createTlsPeer(alice, {
      ciphers: suite,
      ecdhCurve: group,
      sigalgs: 'ecdsa_secp256r1_sha256',
    });
    const server = await started(startTcp(peer.server));
    const channel = await channelFrom(
      dialTest(
        { port: server.port },
        { expectIdentity: alice.identity },
        { tls: { key: bob.privateKeyPem, cert: bob.certificatePem } },
      ),
    );
    const handshake = peer.handshakes[0];
    expect(handshake?.getProtocol()).toBe('TLSv1.3');
    expect(handshake?.getCipher().name).toBe(suite);
    expect(handshake?.getPeerX509Certificate()?.raw).toEqual(
      new X509Certificate(bob.certificatePem).raw,
    );
    channel.close(1000, 'Done.');
    await server.allClosed();
  });
});
