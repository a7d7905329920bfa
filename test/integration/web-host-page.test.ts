import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startWebHost } from '../../src/hosts/web/web-host.ts';
import { DEFAULT_PREFERENCES } from '../../src/shared/model/preferences.ts';
import { ProblemError } from '../../src/shared/problems/problem.ts';
import { ask, bridgeOn, exchange, openPageSession } from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { fakePeerApp } from '../support/peers/fake-peer-app.ts';
import { openSocket, rendererFolder, SECRET_FILE, startHost } from './web-host-fixture.ts';

describe('the page', () => {
  test('is served with headers that isolate it from other pages', async () => {
    const { host } = await startHost();
    const page = await ask(host);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Parley</title>');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(page.headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(page.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('is served as its user has chosen, and only a session can choose', async () => {
    const { host } = await startHost();
    const before = await ask(host);
    expect(before.body).toContain('<html lang="en" data-theme="system"');
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const dark = { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'de' };
    expect(await bridge.call('host', 'savePreferences', { ...dark, theme: '">' })).toMatchObject({
      ok: false,
    });
    expect(await bridge.call('host', 'savePreferences', dark)).toMatchObject({ ok: true });
    for (const path of ['/', '/index.html']) {
      expect((await ask(host, { path })).body).toContain('<html lang="de" data-theme="dark"');
    }
  });

  test('has its assets with their content types', async () => {
    const { host } = await startHost();
    const script = await ask(host, { path: '/assets/app.js' });
    const style = await ask(host, { path: '/assets/app.css?v=1' });
    expect([script.status, style.status]).toEqual([200, 200]);
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/linked.txt',
    '/key.pem',
    '/assets',
    '/assets/',
    '/.',
    'http://127.0.0.1/../secret.txt',
    '/index.html%00.js',
    '/__proto__',
  ])('serves only its own files: %s', async (path) => {
    const { host } = await startHost();
    const answer = await ask(host, { path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain(SECRET_FILE);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'refuses the method %s',
    async (method) => {
      const { host } = await startHost();
      expect((await ask(host, { method })).status).toBe(405);
    },
  );

  test('answers HEAD without a body', async () => {
    const { host } = await startHost();
    const answer = await ask(host, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('');
  });

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost'])(
    'is refused under another host name: %j',
    async (name) => {
      const { host } = await startHost();
      const answer = await ask(host, { headers: { host: name } });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('<title>');
    },
  );

  test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1:1'])(
    'is refused to a page of another origin: %s',
    async (origin) => {
      const { host } = await startHost();
      expect((await ask(host, { headers: { origin } })).status).toBe(403);
    },
  );
});

describe('the one-time link', () => {
  test('carries 256 bits in the fragment, which browsers never send', async () => {
    const { host, origin } = await startHost();
    const link = new URL(host.newLink());
    expect(link.origin).toBe(origin);
    expect(link.pathname + link.search).toBe('/');
    expect(Buffer.from(link.hash.slice(1), 'base64url')).toHaveLength(32);
    expect(host.newLink()).not.toBe(link.href);
  });

  test('opens a session once, and never again', async () => {
    const { host } = await startHost();
    const link = host.newLink();
    const first = await exchange(link);
    expect(first.status).toBe(200);
    const cookie = String(first.headers['set-cookie']?.[0]);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie.startsWith(`parley-${host.port}=`)).toBe(true);
    const second = await exchange(link);
    expect(second.status).toBe(403);
    expect(second.body).toContain('/new-link');
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('is replaced by the next one when unused', async () => {
    const { host } = await startHost();
    const [older, newer] = [host.newLink(), host.newLink()];
    expect((await exchange(older)).status).toBe(403);
    expect((await exchange(newer)).status).toBe(200);
  });

  test('leads to a page that tells how to get another', async () => {
    const { host } = await startHost();
    const page = await ask(host, { path: '/new-link' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Press Enter in the terminal where Parley runs');
    expect(String(page.headers['content-security-policy'])).not.toContain('unsafe');
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['another host name', { host: 'evil.example' }],
  ])('is refused to %s', async (_, headers) => {
    const { host } = await startHost();
    const link = host.newLink();
    expect((await exchange(link, headers)).status).toBe(403);
    // It was not even spent.
    expect((await exchange(link)).status).toBe(200);
  });

  test('requires the Origin header that every browser sends with it', async () => {
    const { host } = await startHost();
    const secret = new URL(host.newLink()).hash.slice(1);
    const body = JSON.stringify({ secret });
    const answer = await ask(host, { method: 'POST', path: '/session', body });
    expect(answer.status).toBe(403);
  });

  test.each(['', '{', '[]', 'null', '{"secret":1}', '{"secret":"x"}', '"x"'])(
    'cannot be replaced by %j',
    async (body) => {
      const { host, origin } = await startHost();
      host.newLink();
      const headers = { origin };
      const answer = await ask(host, { method: 'POST', path: '/session', headers, body });
      expect(answer.status).toBe(403);
    },
  );

  test('is not read from a large body', async () => {
    const { host, origin } = await startHost();
    const body = JSON.stringify({ secret: 'x'.repeat(10_000) });
    const headers = { origin };
    const answer = await ask(host, { method: 'POST', path: '/session', headers, body });
    expect(answer.status).toBe(413);
  });

  test('is rate-limited against guessing', async () => {
    const { host } = await startHost();
    const link = host.newLink();
    const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 30; attempt += 1) statuses.add((await exchange(wrong)).status);
    expect([...statuses]).toEqual([403, 429]);
    // Whoever has the right one is let in all the same.
    expect((await exchange(link)).status).toBe(200);
  });
});

test('a busy port is a readable error', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const starting = startWebHost({
    app: fakePeerApp().app,
    data: fakeData(),
    rendererDir: rendererFolder(),
    port,
    onUnexpected: () => {},
  });
  await expect(starting).rejects.toThrow(ProblemError);
  await expect(starting).rejects.toThrow(`Port ${port} is already used`);
});
