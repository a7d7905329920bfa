import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { createProbe } from '../../src/core/doctor/probe.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { foreignCredentials, RSA_2048 } from '../support/network/foreign-credentials.ts';
import { startRecording, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { tlsByHand } from '../support/network/tls-by-hand.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';
import { cleanup, openRaw, startServer, type TestServer, whileChatting } from './server-fixture.ts';

/** OpenSSL takes 100 KB of certificates, and verifies all of them before anybody is asked. */
const LONG = 60;

const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

let alice: PeerIdentity;
let bob: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
  bob = await makeIdentity(systemWorld);
});

const running: TcpServer[] = [];
async function started(server: Promise<TcpServer>): Promise<TcpServer> {
  running.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

function startSecure(): Promise<TestServer> {
  const tls = { key: alice.privateKeyPem, cert: alice.certificatePem };
  return startServer({ deps: { tls } });
}

describe('a caller', () => {
  test.each([
    ['at once', {}],
    ['in small records', { recordBytes: 40 }],
    ['in large records', { recordBytes: 16_000 }],
  ])(
    'that presents a long chain %s is cut off before it is verified, and an honest peer chats on',
    async (_, pieces) => {
      const server = await startSecure();
      const by = (times: number) =>
        tlsByHand({ port: server.port, ...bob, ...pieces, times, request: REQUEST });
      // One certificate is what a peer shows, in whatever pieces.
      if (!('recordBytes' in pieces && pieces.recordBytes < 100)) {
        expect(await by(1)).toMatchObject({ type: 'answered' });
      }
      expect(await whileChatting(server, () => by(LONG))).toEqual({ type: 'closed' });
      expect(await by(3)).toEqual({ type: 'closed' });
    },
  );

  test('that sends encrypted data right after its ClientHello is cut off, whatever it holds', async () => {
    const server = await startSecure();
    const greeting = await opensslGreeting();
    const sealed = Buffer.concat([Buffer.from([0x17, 3, 3, 0x40, 0]), Buffer.alloc(0x4000)]);
    await whileChatting(server, async () => {
      const { socket, ended } = await openRaw(server.port);
      socket.write(Buffer.concat([greeting, ...Array.from({ length: 8 }, () => sealed)]));
      await ended;
    });
  });

  test('that sends handshake data without end is cut off', async () => {
    const server = await startSecure();
    const { socket, ended } = await openRaw(server.port);
    const piece = Buffer.concat([
      Buffer.from([0x16, 3, 1, 0x10, 0, 1, 2, 0, 0]),
      Buffer.alloc(4_092),
    ]);
    for (let index = 0; index < 40; index += 1) socket.write(piece);
    await ended;
  });

  test('with a long RSA chain is not asked for it, and served as unauthenticated', async () => {
    const server = await startSecure();
    const { key, cert } = await foreignCredentials(RSA_2048);
    const options = { host: '127.0.0.1', port: server.port, rejectUnauthorized: false };
    const socket = connect({ ...options, key, cert: cert.repeat(10) });
    cleanup(() => socket.destroy());
    socket.write(REQUEST);
    expect(String((await once(socket, 'data'))[0])).toContain('Parley chat peer');
  });
});

describe('a listener', () => {
  const chainOf = ({ certificatePem }: PeerIdentity, length: number) =>
    certificatePem.repeat(length);

  test('with a long chain is disconnected before it is verified, with or without a pinned identity', async () => {
    const peer = createTlsPeer(alice, { cert: chainOf(alice, LONG) });
    const server = await started(startTcp(peer.server));
    for (const expectIdentity of [alice.identity, null]) {
      const attempt = dialTest({ port: server.port, scheme: 'secure' }, { expectIdentity });
      expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    }
    await server.allClosed();
    expect(peer.handshakes).toEqual([]);
  });

  test('with three certificates is not a peer where an identity is pinned', async () => {
    const server = await started(
      startTcp(createTlsPeer(alice, { cert: chainOf(alice, 3) }).server),
    );
    const attempt = dialTest({ port: server.port }, { expectIdentity: alice.identity });
    expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    await server.allClosed();
  });

  test('with the certificates of an ordinary web server is reached where no identity is pinned', async () => {
    const { key, cert } = await foreignCredentials(RSA_2048);
    const peer = createTlsPeer(alice, { key, cert: cert.repeat(2) });
    const server = await started(startTcp(peer.server));
    const channel = await channelFrom(dialTest({ port: server.port, scheme: 'secure' }));
    expect(channel).toMatchObject({ identity: null, secure: true });
    channel.close(1000, 'Done.');
    await server.allClosed();
  });

  test('with a long chain is diagnosed as speaking TLS, but not as peers do', async () => {
    const server = await started(
      startTcp(createTlsPeer(alice, { cert: chainOf(alice, LONG) }).server),
    );
    const probe = createProbe({ world: systemWorld, limits: DEFAULT_LIMITS, tls: null });
    const address = { scheme: 'auto', host: '127.0.0.1', port: server.port } as const;
    const via = { address: '127.0.0.1', family: 4 } as const;
    for (const expected of [null, bob.identity]) {
      const finding = probe.secure(address, expected, via, new AbortController().signal);
      expect(await finding).toEqual({ type: 'failed' });
    }
    await server.allClosed();
  });
});

/** A greeting as OpenSSL makes it. */
async function opensslGreeting(): Promise<Buffer> {
  const recorder = await startRecording((socket) => socket.destroy());
  running.push(recorder);
  const socket = connect({ host: '127.0.0.1', port: recorder.port });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  return recorder.received();
}
