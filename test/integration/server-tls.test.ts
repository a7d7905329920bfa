import { once } from 'node:events';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { foreignCredentials, RSA_2048 } from '../support/network/foreign-credentials.ts';
import {
  cleanup,
  openRaw,
  openWebSocket,
  type ServerOptions,
  startServer,
  type TestServer,
  whileChatting,
} from './server-fixture.ts';

const GREET = '["push",["pipeline",0,["greet"],[]]]\n["pull",1]';

let alice: PeerIdentity;
let bob: PeerIdentity;

beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
  bob = await makeIdentity(systemWorld);
});

function startSecure(options: ServerOptions = {}): Promise<TestServer> {
  const tls = { key: alice.privateKeyPem, cert: alice.certificatePem };
  return startServer({ ...options, deps: { tls, ...options.deps } });
}

const credentialsOf = ({ privateKeyPem, certificatePem }: PeerIdentity) => ({
  key: privateKeyPem,
  cert: certificatePem,
});

async function greetOverTls(server: TestServer, options: ConnectionOptions): Promise<void> {
  const { socket, framesUpTo } = await openWebSocket(`wss://127.0.0.1:${server.port}/rpc/ws`, {
    rejectUnauthorized: false,
    ...options,
  });
  socket.send(GREET);
  expect(await framesUpTo(1)).toEqual([`["resolve",1,"Hello! I'm Alice."]`]);
}

async function handshake(server: TestServer, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port: server.port,
    rejectUnauthorized: false,
    ...options,
  });
  cleanup(() => socket.destroy());
  await once(socket, 'secureConnect');
  socket.on('error', () => {});
  return socket;
}

describe('an encrypted caller', () => {
  test('is authenticated by its key, on the same port as plain callers', async () => {
    const server = await startSecure();
    await whileChatting(server, () => greetOverTls(server, credentialsOf(bob)));
    expect(server.channels.map(({ identity, secure }) => ({ identity, secure }))).toEqual([
      { identity: null, secure: false },
      { identity: bob.identity, secure: true },
    ]);
  });

  test('without a certificate is served, unauthenticated', async () => {
    const server = await startSecure();
    await greetOverTls(server, {});
    expect(server.channels[0]).toMatchObject({ identity: null, secure: true });
  });

  test.each([
    ['RSA', RSA_2048],
    ['P-384', { name: 'ECDSA', namedCurve: 'P-384' }],
  ])('with a %s key is unauthenticated', async (_, algorithm) => {
    const server = await startSecure();
    await greetOverTls(server, await foreignCredentials(algorithm));
    expect(server.channels[0]).toMatchObject({ identity: null, secure: true });
  });

  test('may use any host name, unlike a web page', async () => {
    const server = await startSecure();
    await greetOverTls(server, {
      ...credentialsOf(bob),
      headers: { host: 'alice.example' },
    } as never);
    const socket = await handshake(server);
    socket.write('POST /rpc/batch HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('is authenticated in batches too', async () => {
    const server = await startSecure();
    const socket = await handshake(server, credentialsOf(bob));
    socket.write(
      `POST /rpc/batch HTTP/1.1\r\nHost: a\r\nContent-Length: ${GREET.length}\r\n\r\n${GREET}`,
    );
    expect(String((await once(socket, 'data'))[0])).toContain("Hello! I'm Alice.");
    expect(server.callers).toMatchObject([
      { identity: bob.identity, secure: true, remoteHost: '127.0.0.1' },
    ]);
  });

  test('proves its key on every connection: sessions are never resumed', async () => {
    const server = await startSecure();
    const first = await handshake(server, credentialsOf(bob));
    const [session] = (await once(first, 'session')) as [Buffer];
    const mallory = await makeIdentity(systemWorld);
    const second = await handshake(server, { ...credentialsOf(mallory), session });
    expect(second.isSessionReused()).toBe(false);
    await greetOverTls(server, { ...credentialsOf(mallory), session });
    expect(server.channels[0]?.identity).toBe(mallory.identity);
  });

  test('with an older TLS is refused', async () => {
    const server = await startSecure();
    await expect(handshake(server, { maxVersion: 'TLSv1.2' })).rejects.toThrow();
  });

  test('is refused by a server without a certificate', async () => {
    const server = await startServer();
    await expect(handshake(server)).rejects.toThrow();
  });
});

describe('a caller with an incomplete TLS handshake', () => {
  const limits = { headersTimeout: 600, requestTimeout: 900 };
  const hello = Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]);

  test.each([
    ['garbage after the first byte', Buffer.concat([Buffer.from([0x16]), Buffer.alloc(500, 0xee)])],
    ['half a ClientHello', hello],
    ['one byte', Buffer.from([0x16])],
  ])('(%s) is disconnected while an honest peer chats on', async (_, bytes) => {
    const server = await startSecure({ limits });
    await whileChatting(server, async () => {
      const { socket, ended } = await openRaw(server.port);
      socket.write(bytes);
      await ended;
    });
  });

  test('is also disconnected for an incomplete request after it', async () => {
    const server = await startSecure({ limits });
    const socket = await handshake(server);
    socket.write('GET /rpc/ws HTTP/1.1\r\nHost:');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 408 /);
    const silent = await handshake(server);
    silent.resume();
    await once(silent, 'close');
  });

  test('does not occupy the places of its address for good', async () => {
    const server = await startSecure({ limits: { ...limits, connectionsPerAddress: 2 } });
    for (let round = 0; round < 4; round += 1) {
      const { socket, ended } = await openRaw(server.port);
      socket.write(Buffer.concat([Buffer.from([0x16]), Buffer.alloc(500, 0xee)]));
      await ended;
      // Until the server has noticed that the one before is gone, it says that there are too many.
      let secure: TLSSocket | null = null;
      while (secure === null) secure = await handshake(server).catch(() => null);
      secure.destroy();
      await once(secure, 'close');
    }
  });
});

describe('when the server stops', () => {
  test('encrypted connections end too', async () => {
    const server = await startSecure();
    const { closed } = await openWebSocket(`wss://127.0.0.1:${server.port}/rpc/ws`, {
      rejectUnauthorized: false,
    });
    const idle = await handshake(server);
    idle.resume();
    const gone = once(idle, 'close');
    await server.listener.close();
    expect((await closed).code).toBe(1001);
    await gone;
  });
});
