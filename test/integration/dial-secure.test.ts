import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { spkiIdentity } from '../../src/core/identity/identity.ts';
import { callOver, channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { startRecording, startTcp, type TcpServer } from '../support/network/tcp-server.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';

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

const credentials = () => ({ key: bob.privateKeyPem, cert: bob.certificatePem });
/** The first byte of a TLS record that carries a handshake. */
const TLS_HANDSHAKE = 0x16;

describe('an encrypted peer', () => {
  test.each(['auto', 'secure', 'plain'] as const)(
    'is reached by a contact, and both authenticate (%s)',
    async (scheme) => {
      const peer = createTlsPeer(alice);
      const server = await started(startTcp(peer.server));
      const attempt = dialTest(
        { port: server.port, scheme },
        { expectIdentity: alice.identity },
        { tls: credentials() },
      );
      const channel = await channelFrom(attempt);
      expect(await callOver(channel, 'greet')).toBe("Hello! I'm Alice.");
      expect(channel).toMatchObject({ identity: alice.identity, secure: true });
      expect(attempt.steps).toEqual(['find', 'reach', 'secure', 'recognise']);
      expect(server.accepted()).toBe(1);
      const seen = peer.handshakes[0]?.getPeerX509Certificate()?.raw ?? new Uint8Array();
      expect(spkiIdentity(seen)).toBe(bob.identity);
      channel.close(1000, 'Done.');
      await server.allClosed();
    },
  );

  test('is preferred over the open contract at an address without a scheme', async () => {
    const server = await started(startTcp(createTlsPeer(alice).server));
    const channel = await channelFrom(dialTest({ port: server.port }, {}, { tls: credentials() }));
    expect(channel).toMatchObject({ identity: alice.identity, secure: true });
    channel.close(1000, 'Done.');
    await server.allClosed();
  });

  test('is also reached by a caller without an identity', async () => {
    const peer = createTlsPeer(alice);
    const server = await started(startTcp(peer.server));
    const channel = await channelFrom(dialTest({ port: server.port }));
    expect(channel.identity).toBe(alice.identity);
    expect(peer.handshakes[0]?.getPeerX509Certificate()).toBeUndefined();
    channel.close(1000, 'Done.');
    await server.allClosed();
  });

  test('that refuses our certificate is distinguished from a server that is not a peer', async () => {
    const peer = createTlsPeer(alice, { rejectUnauthorized: true });
    const server = await started(startTcp(peer.server));
    const attempt = dialTest({ port: server.port }, {}, { tls: credentials() });
    expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    await server.allClosed();
  });
});

describe('another identity than the pinned one', () => {
  test('is reported, and not a byte is sent to it', async () => {
    const peer = createTlsPeer(alice);
    const server = await started(startTcp(peer.server));
    const attempt = dialTest(
      { port: server.port },
      { expectIdentity: bob.identity, contactName: 'Bob' },
      { tls: credentials() },
    );
    expect(await problemFrom(attempt.dialled)).toMatchObject({
      code: 'identity-changed',
      params: { name: 'Bob', address: `127.0.0.1:${server.port}` },
    });
    expect(attempt.steps).toEqual(['find', 'reach', 'secure']);
    await server.allClosed();
    expect(peer.decrypted()).toHaveLength(0);
    expect(server.accepted()).toBe(1);
  });
});

describe('a contact that has been encrypted before', () => {
  const answers = {
    'a plain web server': 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
    'a server of another protocol': '220 mail.example ESMTP\r\n',
  };

  test.each(Object.entries(answers))('gets no plain text at %s', async (_name, line) => {
    const server = await started(startRecording((socket) => socket.end(line)));
    const attempt = dialTest(
      { port: server.port },
      { expectIdentity: alice.identity, contactName: 'Alice' },
      { tls: credentials() },
    );
    expect(await problemFrom(attempt.dialled)).toMatchObject({
      code: 'plain-refused',
      params: { name: 'Alice', address: `127.0.0.1:${server.port}` },
    });
    await server.allClosed();
    expectOnlyHello(server.received());
    expect(server.accepted()).toBe(1);
  });

  test('gets no plain text where the connection is closed', async () => {
    const server = await started(startRecording((socket) => socket.resetAndDestroy()));
    const attempt = dialTest({ port: server.port }, { expectIdentity: alice.identity });
    expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    expectOnlyHello(server.received());
    expect(server.accepted()).toBe(1);
  });

  test('gets no plain text where the server never answers', async () => {
    const server = await started(startRecording(() => {}));
    const options = { expectIdentity: alice.identity };
    const attempt = dialTest({ port: server.port }, options, { timeouts: { silence: 50 } });
    expect((await problemFrom(attempt.dialled)).code).toBe('timed-out');
    await server.allClosed();
    expectOnlyHello(server.received());
    expect(server.accepted()).toBe(1);
  });
});

describe('an address that requires encryption', () => {
  test('gets no plain text', async () => {
    const server = await started(
      startRecording((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const attempt = dialTest({ port: server.port, scheme: 'secure' });
    expect((await problemFrom(attempt.dialled)).code).toBe('secure-failed');
    await server.allClosed();
    expectOnlyHello(server.received());
    expect(server.accepted()).toBe(1);
  });
});

describe('an encrypted server that is not a peer', () => {
  test('is identified as such when it has no WebSocket', async () => {
    const peer = createTlsPeer(alice);
    peer.server.removeAllListeners('upgrade');
    peer.server.on('request', (_request, response) => response.writeHead(404).end());
    const server = await started(startTcp(peer.server));
    expect((await problemFrom(dialTest({ port: server.port }).dialled)).code).toBe('not-a-peer');
    await server.allClosed();
  });

  test('times out when it never answers the upgrade', async () => {
    const peer = createTlsPeer(alice);
    peer.server.removeAllListeners('upgrade');
    peer.server.on('upgrade', () => {});
    const server = await started(startTcp(peer.server));
    const attempt = dialTest({ port: server.port }, {}, { timeouts: { recognise: 100 } });
    expect((await problemFrom(attempt.dialled)).code).toBe('timed-out');
    await server.allClosed();
  });

  test('is not downgraded to plain text when it supports only an older TLS', async () => {
    const peer = createTlsPeer(alice, { maxVersion: 'TLSv1.2' });
    const server = await started(startTcp(peer.server));
    expect((await problemFrom(dialTest({ port: server.port }).dialled)).code).toBe('secure-failed');
    await server.allClosed();
    expect(server.accepted()).toBe(1);
  });

  test('that authenticates as the contact and disconnects is a lost connection, not a stranger', async () => {
    const peer = createTlsPeer(alice);
    peer.server.prependListener('secureConnection', (socket) => socket.destroy());
    const server = await started(startTcp(peer.server));
    const options = { expectIdentity: alice.identity };
    const attempt = dialTest({ port: server.port }, options, { tls: credentials() });
    expect((await problemFrom(attempt.dialled)).code).toBe('connection-lost');
    await server.allClosed();
  });
});

describe('a peer that sends nothing at first', () => {
  test('is still dialled in plain text when it closes a TLS connection', async () => {
    // Some servers close without a word on what they cannot read.
    const http = createHttp((_request, response) => response.writeHead(404).end());
    const front = createTcp((socket) => {
      socket.once('data', (chunk: Buffer) => {
        if (chunk[0] === TLS_HANDSHAKE) {
          socket.destroy();
          return;
        }
        socket.pause();
        socket.unshift(chunk);
        http.emit('connection', socket);
        socket.resume();
      });
    });
    const server = await started(startTcp(front));
    expect((await problemFrom(dialTest({ port: server.port }).dialled)).code).toBe('not-a-peer');
    await server.allClosed();
    expect(server.accepted()).toBe(3);
  });
});

/** One TLS record with a ClientHello, and nothing that could be HTTP. */
function expectOnlyHello(bytes: Buffer): void {
  expect(bytes[0]).toBe(TLS_HANDSHAKE);
  const length = bytes.readUInt16BE(3);
  expect(bytes).toHaveLength(5 + length);
  expect(bytes.toString('latin1')).not.toMatch(/GET |POST |rpc\/|Host:/i);
}
