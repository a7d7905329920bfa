import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { cleanup, openRaw, startServer, type TestServer, whileChatting } from './server-fixture.ts';

const GREET = '["push",["pipeline",0,["greet"],[]]]\n["pull",1]';
const HOLD = '["push",["pipeline",0,["hold"],[]]]\n["pull",1]';
const batch = (body: string) =>
  `POST /rpc/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
/** The shortest request that says which host it means. */
const SHORT = 'GET / HTTP/1.1\r\nHost:1\r\n\r\n';

let alice: PeerIdentity;
beforeAll(async () => {
  alice = await makeIdentity(systemWorld);
});

interface Caller {
  readonly socket: Socket;
  /** What was answered until the end. */
  readonly ended: Promise<string>;
}

async function overTls(server: TestServer): Promise<Caller> {
  const socket = connectTls({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false });
  cleanup(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return { socket, ended: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

const PORTS = {
  plain: { open: (server: TestServer): Promise<Caller> => openRaw(server.port) },
  TLS: { open: overTls },
};

describe.each(Object.entries(PORTS))(
  'many pipelined requests on one %s connection',
  (_, { open }) => {
    const start = () =>
      startServer({ deps: { tls: { key: alice.privateKeyPem, cert: alice.certificatePem } } });

    test('are parsed as they are answered, not all at once', async () => {
      const server = await start();
      const { socket } = await open(server);
      // All wait for the first, which is answered when the test says so.
      socket.write(batch(HOLD) + batch(GREET).repeat(5_000));
      while (server.callers.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await whileChatting(server, () => new Promise((resolve) => setImmediate(resolve)));
      expect(server.callers.length).toBeLessThan(40);
      socket.destroy();
    });

    test('are all answered, in order, if all are valid', async () => {
      const server = await start();
      const { socket, ended } = await open(server);
      const last = batch(GREET).replace('Host:', 'Connection: close\r\nHost:');
      socket.write(batch(GREET).repeat(299) + last);
      const text = await whileChatting(server, () => ended);
      expect(text.split("Hello! I'm Alice.")).toHaveLength(301);
    });

    test('are dropped after one that is refused', async () => {
      const server = await start();
      const { socket, ended } = await open(server);
      socket.write(SHORT + batch(GREET).repeat(2_000));
      const text = await ended.catch(() => '');
      expect(text.split('HTTP/1.1 ').length).toBeLessThanOrEqual(2);
      expect(server.callers).toEqual([]);
    });

    test('are dropped after a refused one, even with an unknown Expect header', async () => {
      const server = await start();
      const { socket, ended } = await open(server);
      socket.write('GET / HTTP/1.1\r\nExpect:x\r\n\r\n'.repeat(500) + batch(GREET));
      const text = await ended.catch(() => '');
      expect(text).toMatch(/^HTTP\/1\.1 4(?!17)\d\d /);
      expect(text.split('HTTP/1.1 ')).toHaveLength(2);
      expect(server.callers).toEqual([]);
    });

    test('are answered like any other, whatever their Expect header', async () => {
      const server = await start();
      const { socket, ended } = await open(server);
      socket.write(batch(GREET).replace('Host:', 'Expect: x\r\nConnection: close\r\nHost:'));
      expect(await ended).toContain("Hello! I'm Alice.");
    });

    test('are dropped when the client disconnects', async () => {
      const server = await start();
      const { socket } = await open(server);
      socket.write(batch(HOLD) + batch(GREET).repeat(5_000));
      while (server.callers.length === 0) await new Promise((resolve) => setImmediate(resolve));
      socket.destroy();
      await once(socket, 'close');
      await whileChatting(server, () => new Promise((resolve) => setImmediate(resolve)));
      const met = server.callers.length;
      server.release();
      await whileChatting(server, () => new Promise((resolve) => setImmediate(resolve)));
      expect(server.callers.length).toBe(met);
    });
  },
);

describe('clients that reconnect again and again with as many requests as fit', () => {
  test('retain no memory, and honest peers chat on', async () => {
    const server = await startServer();
    const many = Buffer.from(SHORT.repeat(2_520));
    const before = process.memoryUsage().rss;
    await whileChatting(server, async () => {
      const come = async () => {
        for (let times = 0; times < 4; times += 1) {
          const { socket, ended } = await openRaw(server.port, '127.0.0.2');
          socket.write(many);
          await ended.catch(() => '');
        }
      };
      await Promise.all(Array.from({ length: 32 }, come));
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});
