import { createServer as createTcp } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import type { World } from '../../src/core/base/world.ts';
import { makeIdentity, type PeerIdentity } from '../../src/core/identity/generate-identity.ts';
import type { HostAddress, Lookup } from '../../src/core/net/dial/connect-tcp.ts';
import type { ConnectStep } from '../../src/shared/model/model.ts';
import { ProblemError, problem } from '../../src/shared/problems/problem.ts';
import { channelFrom, dialTest, problemFrom } from '../support/network/dialling.ts';
import {
  freePort,
  startRecording,
  startTcp,
  type TcpServer,
} from '../support/network/tcp-server.ts';
import { createPythonPeer } from '../support/peers/python-peer.ts';
import { createTlsPeer } from '../support/peers/tls-peer.ts';

const running: TcpServer[] = [];
async function started<T extends TcpServer>(server: Promise<T>): Promise<T> {
  running.push(await server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const startPeer = (host?: string) =>
  started(startTcp(createPythonPeer('Alice', { webSocket: true }).server, host));

const v4 = (address: string): HostAddress => ({ address, family: 4 });
const v6 = (address: string): HostAddress => ({ address, family: 6 });
const finds =
  (...addresses: readonly HostAddress[]): Lookup =>
  async () =>
    addresses;
const failsWith =
  (code: string): Lookup =>
  async () => {
    throw Object.assign(new Error(code), { code });
  };

/** The name of this computer's loopback interface, and whether it has IPv6. */
function loopback(): { readonly zone: string; readonly hasIpv6: boolean } {
  const found = Object.entries(networkInterfaces()).flatMap(([zone, list]) =>
    (list ?? []).map((info: NetworkInterfaceInfo) => ({ zone, info })),
  );
  const internal = found.filter(({ info }) => info.internal);
  return {
    zone: internal[0]?.zone ?? 'lo',
    hasIpv6: internal.some(({ info }) => info.address === '::1'),
  };
}
const { zone, hasIpv6 } = loopback();

describe('name resolution', () => {
  test.each(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'])(
    'of an unknown name is an error (%s)',
    async (code) => {
      const attempt = dialTest({ port: 1, host: 'alcie.local' }, {}, { lookup: failsWith(code) });
      expect(await problemFrom(attempt.dialled)).toMatchObject({
        code: 'name-not-found',
        params: { host: 'alcie.local' },
      });
      expect(attempt.steps).toEqual(['find']);
    },
  );

  test('of a name without addresses is an error too', async () => {
    const attempt = dialTest({ port: 1, host: 'empty.example' }, {}, { lookup: finds() });
    expect((await problemFrom(attempt.dialled)).code).toBe('name-not-found');
  });

  test('times out when the resolver never answers', async () => {
    const lookup: Lookup = () => new Promise(() => {});
    const timeouts = { find: 20 };
    const attempt = dialTest({ port: 1, host: 'slow.example' }, {}, { lookup, timeouts });
    expect((await problemFrom(attempt.dialled)).code).toBe('name-not-found');
  });

  test('is skipped for IP addresses', async () => {
    const peer = await startPeer();
    const attempt = dialTest({ port: peer.port }, {}, { lookup: failsWith('ENOTFOUND') });
    (await channelFrom(attempt)).close(1000, 'Done.');
  });

  test('by the system finds localhost, whichever family it prefers', async () => {
    const peer = await startPeer();
    const channel = await channelFrom(dialTest({ port: peer.port, host: 'localhost' }));
    channel.close(1000, 'Done.');
    await channel.closed;
  });
});

describe('a host with several addresses', () => {
  test('is reached at one that works, and the others are closed', async () => {
    const peer = await startPeer();
    // 192.0.2.0/24 is for documentation: nothing answers there.
    const lookup = finds(v4('192.0.2.200'), v6('::2'), v4('127.0.0.1'));
    const attempt = dialTest(
      { port: peer.port, host: 'alice.example' },
      {},
      { lookup, timeouts: { stagger: 20 } },
    );
    const channel = await channelFrom(attempt);
    expect(channel.remoteHost).toBe('127.0.0.1');
    channel.close(1000, 'Done.');
    await channel.closed;
    await peer.allClosed();
  });

  test('keeps only one of two connections that both succeed', async () => {
    const peer = await startPeer();
    const stagger = 7;
    // Both attempts start in the same turn, so the server accepts both.
    const world: World = {
      ...systemWorld,
      after: (ms, task) => {
        if (ms !== stagger) return systemWorld.after(ms, task);
        task();
        return () => {};
      },
    };
    const lookup = finds(v4('127.0.0.1'), v4('127.0.0.1'));
    const attempt = dialTest(
      { port: peer.port, host: 'alice.example', scheme: 'plain' },
      {},
      { lookup, world, timeouts: { stagger } },
    );
    const channel = await channelFrom(attempt);
    channel.close(1000, 'Done.');
    await channel.closed;
    await peer.allClosed();
  });

  test('is "refused" as soon as one address refuses and none accepts', async () => {
    const port = await freePort();
    const lookup = finds(v4('127.0.0.2'), v4('255.255.255.255'), v4('127.0.0.1'));
    const attempt = dialTest({ port, host: 'alice.example' }, {}, { lookup });
    expect(await problemFrom(attempt.dialled)).toMatchObject({
      code: 'refused',
      params: { host: 'alice.example', port },
    });
    expect(attempt.steps).toEqual(['find', 'reach']);
  });
});

describe('IPv6', () => {
  test('alone is enough: a name with only AAAA records is reached', async () => {
    const peer = hasIpv6 ? await startPeer('::1') : await startPeer();
    const attempt = dialTest(
      { port: peer.port, host: 'six.example' },
      {},
      { lookup: finds(v6('::1')) },
    );
    if (!hasIpv6) {
      expect((await problemFrom(attempt.dialled)).code).toBe('unreachable');
      return;
    }
    const channel = await channelFrom(attempt);
    expect(channel.remoteHost).toBe('::1');
    channel.close(1000, 'Done.');
    await channel.closed;
  });

  test('with a zone is reached, and the zone stays out of the Host header', async () => {
    if (!hasIpv6) {
      const attempt = dialTest({ port: 1, host: `fe80::1%${zone}` });
      expect((await problemFrom(attempt.dialled)).code).toBe('unreachable');
      return;
    }
    const hosts: unknown[] = [];
    const { server } = createPythonPeer('Alice', { webSocket: true });
    server.on('upgrade', (request) => hosts.push(request.headers.host));
    const peer = await started(startTcp(server, '::1'));
    const attempt = dialTest({ port: peer.port, host: `::1%${zone}`, scheme: 'plain' });
    const channel = await channelFrom(attempt);
    expect(hosts).toEqual([`[::1]:${peer.port}`]);
    channel.close(1000, 'Done.');
    await channel.closed;
  });

  test('with a zone that this computer lacks is unreachable', async () => {
    const attempt = dialTest({ port: 1, host: 'fe80::1%no-such-zone' });
    expect((await problemFrom(attempt.dialled)).code).toBe('unreachable');
  });
});

describe('a refused connection', () => {
  test('is reported with host and port', async () => {
    const port = await freePort();
    expect(await problemFrom(dialTest({ port }).dialled)).toMatchObject({
      code: 'refused',
      params: { host: '127.0.0.1', port, address: `127.0.0.1:${port}`, name: 'Bob' },
    });
  });
});

describe('cancelling a dial', () => {
  let alice: PeerIdentity;
  beforeAll(async () => {
    alice = await makeIdentity(systemWorld);
  });

  /** Each server never gets beyond the step, so the attempt is there when it is given up. */
  const stuckAt: Record<ConnectStep, () => Promise<TcpServer>> = {
    find: () => startTcp(createTcp()),
    reach: () => startTcp(createTcp()),
    secure: () => startRecording(() => {}),
    recognise: () => {
      const { server } = createTlsPeer(alice);
      server.removeAllListeners('upgrade');
      server.on('upgrade', () => {});
      return startTcp(server);
    },
  };

  test.each(Object.entries(stuckAt))('at "%s" closes every socket', async (step, start) => {
    const server = await started(start());
    const giveUp = new AbortController();
    const onStep = (at: ConnectStep) => {
      if (at === step) setImmediate(() => giveUp.abort());
    };
    const lookup: Lookup = () =>
      step === 'find'
        ? new Promise(() => {})
        : Promise.resolve([v4(step === 'reach' ? '192.0.2.200' : '127.0.0.1')]);
    const attempt = dialTest(
      { port: server.port, host: 'alice.example' },
      { signal: giveUp.signal, onStep },
      { lookup },
    );
    // Without a network, there is no route to begin with.
    const expected = step === 'reach' ? /^(cancelled|unreachable)$/ : /^cancelled$/;
    expect((await problemFrom(attempt.dialled)).code).toMatch(expected);
    await server.allClosed();
  });

  test('reports the reason when that is a problem', async () => {
    const giveUp = new AbortController();
    giveUp.abort(new ProblemError(problem('stopped')));
    const attempt = dialTest({ port: 1 }, { signal: giveUp.signal });
    expect((await problemFrom(attempt.dialled)).code).toBe('stopped');
  });

  test('leaves no connection behind after many concurrent failures', async () => {
    const server = await started(startTcp(createTcp((socket) => socket.end('no\r\n').resume())));
    const attempts = Array.from({ length: 20 }, () =>
      problemFrom(dialTest({ port: server.port }).dialled),
    );
    const codes = (await Promise.all(attempts)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['not-a-peer']));
    await server.allClosed();
    expect(server.accepted()).toBe(40);
  });
});
