import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import { callOver, channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import { cleanup, openRaw, startServer, type TestServer, whileChatting } from './server-fixture.ts';

let alice: PeerIdentity;
let bob: PeerIdentity;
let mallory: PeerIdentity;
beforeAll(async () => {
  [alice, bob, mallory] = await Promise.all([
    makeIdentity(systemWorld),
    makeIdentity(systemWorld),
    makeIdentity(systemWorld),
  ]);
});

/** The places are few, so that few connections fill them. */
const limits = { connections: 32, connectionsPerAddress: 8, connectionsOnProbation: 16 };

/** Alice's; of all callers she knows Bob. */
function startAlice(): Promise<TestServer> {
  const tls = { key: alice.privateKeyPem, cert: alice.certificatePem };
  return startServer({ limits, deps: { tls }, knows: (identity) => identity === bob.identity });
}

const dialAs = ({ privateKeyPem, certificatePem }: PeerIdentity, { port }: TestServer) =>
  dialTest(
    { port, scheme: 'secure' },
    { expectIdentity: alice.identity },
    { tls: { key: privateKeyPem, cert: certificatePem } },
  );

/** Opens connections that say nothing, from this address; each that ends is opened again. */
function occupy({ port }: TestServer, localAddress: string, count: number): () => void {
  let stopped = false;
  const open = new Set<Socket>();
  const come = (): void => {
    if (stopped) return;
    const socket = connectTcp({ host: '127.0.0.1', port, localAddress });
    open.add(socket);
    socket.on('error', () => {});
    socket.resume();
    socket.once('close', () => {
      open.delete(socket);
      // At most so fast that this process can go on with the rest of the story.
      setTimeout(come, 5);
    });
  };
  for (let index = 0; index < count; index += 1) come();
  const stop = () => {
    stopped = true;
    for (const socket of open) socket.destroy();
  };
  cleanup(stop);
  return stop;
}

const OTHERS = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6'];

/** Waits until nobody new is let in: then all places are taken. */
async function untilFull(server: TestServer): Promise<void> {
  for (let answer = ''; !answer.startsWith('HTTP/1.1 503'); ) {
    const { socket, ended } = await openRaw(server.port, OTHERS[0]);
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    answer = await ended;
  }
}

describe('while strangers hold all connection places and reconnect at once', () => {
  test('a contact keeps its link', async () => {
    const server = await startAlice();
    const channel = await channelFrom(dialAs(bob, server));
    for (const address of [...OTHERS, '127.0.0.1']) occupy(server, address, 20);
    await untilFull(server);
    for (let call = 0; call < 20; call += 1) await channel.ping(20_000);
    expect(server.channels[0]?.identity).toBe(bob.identity);
    channel.close(1000, 'Done.');
  });

  test('a contact can reconnect, also from one of their addresses', async () => {
    const server = await startAlice();
    for (const address of [...OTHERS, '127.0.0.1']) occupy(server, address, 20);
    await untilFull(server);
    for (let time = 0; time < 5; time += 1) {
      const channel = await channelFrom(dialAs(bob, server));
      expect(await callOver(channel, 'greet')).toBe("Hello! I'm Alice.");
      channel.close(1000, 'Done.');
      await channel.closed;
    }
  });

  test('another caller gets the refusal encrypted, never in plain text', async () => {
    const server = await startAlice();
    for (const address of [...OTHERS, '127.0.0.1']) occupy(server, address, 20);
    await untilFull(server);
    expect(await problemFrom(dialAs(mallory, server).dialled)).toMatchObject({ code: 'peer-busy' });
  });
});

describe('a TLS client that finds no place', () => {
  test('is never answered in plain text', async () => {
    const server = await startServer({ limits: { connections: 1 } });
    await openRaw(server.port, '127.0.0.2');
    const { socket, ended } = await openRaw(server.port, '127.0.0.3');
    socket.write(Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]));
    expect(await ended).not.toMatch(/HTTP/);
  });

  test('is evicted for later ones when it stays silent', async () => {
    const server = await startServer({
      limits: { ...limits, connections: 1, connectionsOnProbation: 2 },
    });
    await openRaw(server.port, '127.0.0.2');
    const [first] = await Promise.all([openRaw(server.port, '127.0.0.3')]);
    await openRaw(server.port, '127.0.0.3');
    await openRaw(server.port, '127.0.0.3');
    expect(await first.ended).toBe('');
  });
});

describe('an honest peer', () => {
  test('keeps chatting while thousands of connections open and close', async () => {
    const server = await startAlice();
    await whileChatting(server, async () => {
      const come = async (localAddress: string) => {
        for (let times = 0; times < 60; times += 1) {
          const socket = connectTcp({ host: '127.0.0.1', port: server.port, localAddress });
          socket.on('error', () => {});
          await once(socket, 'connect').catch(() => {});
          socket.destroy();
        }
      };
      await Promise.all(OTHERS.map(come));
    });
  });
});
