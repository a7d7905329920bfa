import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startWebHost } from '../../src/hosts/web/web-host.ts';
import { fakePeerApp } from '../support/fake-peer-app.ts';
import { fakeData } from '../support/fake-profile-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rendererFolder } from './web-host-fixture.ts';

async function start(folder: string | null, port?: number) {
  const host = await startWebHost({
    app: fakePeerApp().app,
    data: fakeData(),
    folder,
    rendererDir: rendererFolder(),
    onUnexpected: (error) => {
      throw error;
    },
    ...(port !== undefined && { port }),
  });
  onTestFinished(() => host.close());
  return host;
}

async function occupy(port: number): Promise<void> {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
}

test('a profile’s page is at the same port next time, so that what a browser was allowed still holds', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await first.close();
  expect((await start(folder)).port).toBe(first.port);
});

test('a page whose last port is taken is at another one, and there again the next time', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await first.close();
  await occupy(first.port);
  const second = await start(folder);
  expect(second.port).not.toBe(first.port);
  await second.close();
  expect((await start(folder)).port).toBe(second.port);
});

test('a port that the user named is that one or none, and is not remembered', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  await first.close();
  const named = await start(folder, 0);
  await named.close();
  expect(readFileSync(join(folder, 'page-port'), 'utf8')).toBe(String(first.port));
  await occupy(named.port);
  await expect(start(folder, named.port)).rejects.toMatchObject({
    problem: { code: 'port-in-use' },
  });
});

test.each(['', 'eighty', '80', '0', '99999', '-1', '8'.repeat(1_000)])(
  'a memory of the port that makes no sense (%s) keeps no page from starting',
  async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'page-port'), text);
    expect((await start(folder)).port).toBeGreaterThan(1_023);
  },
);
