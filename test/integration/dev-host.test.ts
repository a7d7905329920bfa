import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startDevHost } from '../../scripts/dev-host.ts';
import {
  ask,
  bridgeOn,
  exchange,
  openBridgeSocket,
  openPageSession,
} from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { fakePeerApp } from '../support/peers/fake-peer-app.ts';

const EVIL = 'http://evil.example';

async function start() {
  const host = await startDevHost({
    app: fakePeerApp().app,
    data: fakeData(),
    rendererDir: '',
    onUnexpected: () => {},
  });
  onTestFinished(() => host.close());
  return host;
}

test('the dev host serves the page from its sources, under a policy that only a nonce extends', async () => {
  const host = await start();
  const page = await ask(host, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  const [, policy = ''] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page.body) ?? [];
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}'; style-src 'self' 'nonce-/);
  expect(policy).not.toContain('unsafe');
  const script = await ask(host, { path: '/main.tsx' });
  expect(script.headers['content-type']).toContain('javascript');
  expect(script.body).toContain('/window/app.tsx');
});

test('the dev host opens the bridge to its own page', async () => {
  const host = await start();
  const socket = await openBridgeSocket(host, await openPageSession(host.newLink()));
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
  onTestFinished(() => socket.terminate());
  expect(await bridgeOn(socket).call('chat', 'snapshot', {})).toMatchObject({ ok: true });
});

test('the dev host refuses a page of another origin, and one with a rebound host name', async () => {
  const host = await start();
  const session = await openPageSession(host.newLink());
  const link = host.newLink();
  const { status } = await exchange(link, { origin: EVIL });
  expect(status).toBe(403);
  const rebound = await exchange(link, { origin: EVIL, host: 'evil.example' });
  expect(rebound.status).toBe(403);
  expect(await openBridgeSocket(host, session, { origin: EVIL })).toBe(403);
  const name = { origin: EVIL, host: 'evil.example' };
  expect(await openBridgeSocket(host, session, name)).toBe(403);
  expect(await exchange(link)).toMatchObject({ status: 200 });
});

test('the dev host serves no file outside the page and what it imports', async () => {
  const host = await start();
  const outside = ['package.json', 'src/core/peer.ts', 'scripts/dev-host.ts'];
  for (const file of outside) {
    const path = `/@fs${join(import.meta.dirname, '../..')}/${file}`;
    const answers = [path, `${path}?raw`, `${path}?url`, `/../../${file}`];
    for (const asked of answers) {
      const { status } = await ask(host, { path: asked });
      expect([asked, status === 403 || status === 404]).toEqual([asked, true]);
    }
  }
});
