import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { openOrigin } from '../../src/hosts/web/page-origin.ts';
import { startWebHost } from '../../src/hosts/web/web-host.ts';
import { ask } from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { freePort } from '../support/network/tcp-server.ts';
import { fakePeerApp } from '../support/peers/fake-peer-app.ts';
import { rendererFolder } from './web-host-fixture.ts';

async function start(port?: number) {
  const host = await startWebHost({
    app: fakePeerApp().app,
    data: fakeData(),
    rendererDir: rendererFolder(),
    onUnexpected: (error) => {
      throw error;
    },
    ...(port !== undefined && { port }),
  });
  onTestFinished(() => host.close());
  return host;
}

async function open(options: Partial<Parameters<typeof openOrigin>[1]> = {}) {
  const server = createServer((_request, response) => response.end('ours'));
  const origin = await openOrigin(server, { world: systemWorld, ...options });
  onTestFinished(() => {
    server.close();
    origin.close();
  });
  return origin;
}

const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === '::1'),
);

test('a profile’s page gets a new origin at every start', async () => {
  const hosts = new Set<string>();
  for (let count = 0; count < 5; count += 1) {
    const host = await start();
    expect(host.newLink().startsWith(`http://${host.host}/#`)).toBe(true);
    hosts.add(host.host.split(':')[0] ?? '');
    await host.close();
  }
  expect(hosts.size).toBe(5);
});

test('a page is served under its own host name only', async () => {
  const host = await start();
  const statusFor = async (name: string) => (await ask({ port: host.port, host: name })).status;
  expect(await statusFor(host.host)).toBe(200);
  expect(await statusFor(`127.0.0.1:${host.port}`)).toBe(403);
  expect(await statusFor(`localhost:${host.port}`)).toBe(403);
  expect(await statusFor(`${'0'.repeat(32)}.localhost:${host.port}`)).toBe(403);
});

test.skipIf(!hasIpv6)(
  'both loopback addresses are bound, so that no other program can take one',
  async () => {
    const { port } = await open({ platform: 'linux' });
    for (const address of ['127.0.0.1', '[::1]']) {
      expect(await (await fetch(`http://${address}:${port}/`)).text()).toBe('ours');
    }
    for (const address of ['127.0.0.1', '::1']) {
      const other = createTcp().listen(port, address);
      const [error] = await once(other, 'error');
      expect(error).toMatchObject({ code: 'EADDRINUSE' });
    }
  },
);

test('on systems where Safari cannot resolve the name, only the port is new', async () => {
  const { host, port } = await open({ platform: 'darwin' });
  expect(host).toBe(`127.0.0.1:${port}`);
});

test('a port that the user named is used, or none', async () => {
  const port = await freePort();
  const named = await start(port);
  expect(named.host).toBe(`127.0.0.1:${port}`);
  await expect(start(port)).rejects.toMatchObject({ problem: { code: 'port-in-use' } });
});
