import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '../../src/hosts/web/web-host.ts';
import type { EventBatch } from '../../src/shared/events.ts';
import { ProblemError } from '../../src/shared/problem.ts';
import { FAKE_SELF, type FakePeerApp, fakePeerApp } from '../support/fake-peer-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  ask,
  bridgeOn,
  exchange,
  openBridgeSocket,
  openPageSession,
  type PageSession,
} from '../support/web-page.ts';

const SECRET_FILE = 'this file is not part of the page';

function rendererFolder(): string {
  const folder = temporaryFolder();
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Parley</title>');
  writeFileSync(join(renderer, 'assets/app.js'), 'export {};');
  writeFileSync(join(renderer, 'assets/app.css'), 'body {}');
  writeFileSync(join(renderer, 'key.pem'), SECRET_FILE);
  writeFileSync(join(folder, 'secret.txt'), SECRET_FILE);
  symlinkSync(join(folder, 'secret.txt'), join(renderer, 'linked.txt'));
  return renderer;
}

interface Running extends FakePeerApp {
  readonly host: WebHost;
  readonly name: string;
  readonly origin: string;
  readonly unexpected: unknown[];
}

async function start(fake: FakePeerApp = fakePeerApp()): Promise<Running> {
  const unexpected: unknown[] = [];
  const host = await startWebHost({
    app: fake.app,
    rendererDir: rendererFolder(),
    onUnexpected: (error) => unexpected.push(error),
  });
  onTestFinished(() => host.close());
  const name = `127.0.0.1:${host.port}`;
  return { ...fake, host, name, origin: `http://${name}`, unexpected };
}

async function openSocket(host: WebHost, session: PageSession): Promise<WebSocket> {
  const socket = await openBridgeSocket(host.port, session);
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
  onTestFinished(() => socket.terminate());
  return socket;
}

describe('the page', () => {
  test('is served with headers that keep other pages out', async () => {
    const { host } = await start();
    const page = await ask(host.port);
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

  test('has its assets with their types', async () => {
    const { host } = await start();
    const script = await ask(host.port, { path: '/assets/app.js' });
    const style = await ask(host.port, { path: '/assets/app.css?v=1' });
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
  ])('gives nothing but its own files: %s', async (path) => {
    const { host } = await start();
    const answer = await ask(host.port, { path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain(SECRET_FILE);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'cannot be asked with %s',
    async (method) => {
      const { host } = await start();
      expect((await ask(host.port, { method })).status).toBe(405);
    },
  );

  test('answers HEAD without a body', async () => {
    const { host } = await start();
    const answer = await ask(host.port, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('');
  });

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost'])(
    'is not served under another host name: %j',
    async (name) => {
      const { host } = await start();
      const answer = await ask(host.port, { headers: { host: name } });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('<title>');
    },
  );

  test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1:1'])(
    'is not given to a page of another origin: %s',
    async (origin) => {
      const { host } = await start();
      expect((await ask(host.port, { headers: { origin } })).status).toBe(403);
    },
  );
});

describe('the one-time link', () => {
  test('carries 256 bits in the fragment, which browsers never send', async () => {
    const { host, origin } = await start();
    const link = new URL(host.newLink());
    expect(link.origin).toBe(origin);
    expect(link.pathname + link.search).toBe('/');
    expect(Buffer.from(link.hash.slice(1), 'base64url')).toHaveLength(32);
    expect(host.newLink()).not.toBe(link.href);
  });

  test('opens a session once, and never again', async () => {
    const { host } = await start();
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

  test('ends with the next one, when it was not used', async () => {
    const { host } = await start();
    const [older, newer] = [host.newLink(), host.newLink()];
    expect((await exchange(older)).status).toBe(403);
    expect((await exchange(newer)).status).toBe(200);
  });

  test('leads to a page that tells how to get another', async () => {
    const { host } = await start();
    const page = await ask(host.port, { path: '/new-link' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Press Enter in the terminal where Parley runs');
    expect(String(page.headers['content-security-policy'])).not.toContain('unsafe');
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
    ['another host name', { host: 'evil.example' }],
  ])('is of no use to %s', async (_, headers) => {
    const { host } = await start();
    const link = host.newLink();
    expect((await exchange(link, headers)).status).toBe(403);
    // It was not even spent.
    expect((await exchange(link)).status).toBe(200);
  });

  test('needs the Origin that every browser sends with it', async () => {
    const { host } = await start();
    const secret = new URL(host.newLink()).hash.slice(1);
    const body = JSON.stringify({ secret });
    const answer = await ask(host.port, { method: 'POST', path: '/session', body });
    expect(answer.status).toBe(403);
  });

  test.each(['', '{', '[]', 'null', '{"secret":1}', '{"secret":"x"}', '"x"'])(
    'cannot be replaced by %j',
    async (body) => {
      const { host, origin } = await start();
      host.newLink();
      const headers = { origin };
      const answer = await ask(host.port, { method: 'POST', path: '/session', headers, body });
      expect(answer.status).toBe(403);
    },
  );

  test('is not looked for in a big body', async () => {
    const { host, origin } = await start();
    const body = JSON.stringify({ secret: 'x'.repeat(10_000) });
    const headers = { origin };
    const answer = await ask(host.port, { method: 'POST', path: '/session', headers, body });
    expect(answer.status).toBe(413);
  });

  test('cannot be guessed for long', async () => {
    const { host } = await start();
    const link = host.newLink();
    const wrong = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 30; attempt += 1) statuses.add((await exchange(wrong)).status);
    expect([...statuses]).toEqual([403, 429]);
    // Whoever has the right one is let in all the same.
    expect((await exchange(link)).status).toBe(200);
  });
});

describe('the session', () => {
  test('is good for a reload: token and cookie together', async () => {
    const { host } = await start();
    const { token, cookie } = await openPageSession(host.newLink());
    const check = (headers: Record<string, string>) =>
      ask(host.port, { path: '/session', headers }).then(({ status }) => status);
    const authorization = `Bearer ${token}`;
    expect(await check({ authorization, cookie })).toBe(204);
    expect(await check({ authorization })).toBe(401);
    expect(await check({ cookie })).toBe(401);
    expect(await check({ authorization: `Bearer ${token}x`, cookie })).toBe(401);
    expect(await check({ authorization, cookie: `${cookie}x` })).toBe(401);
  });

  test('of a second page of the same browser leaves the first one good', async () => {
    const { host } = await start();
    const first = await openPageSession(host.newLink());
    const second = await exchange(host.newLink(), { cookie: first.cookie });
    expect(String(second.headers['set-cookie']?.[0]).split(';')[0]).toBe(first.cookie);
    await openSocket(host, first);
  });

  test('ends with the host', async () => {
    const { host } = await start();
    const session = await openPageSession(host.newLink());
    await host.close();
    const again = await start();
    expect(await openBridgeSocket(again.host.port, session)).toBe(401);
  });
});

describe('the bridge', () => {
  test('runs commands and tells of failures as plain data', async () => {
    const { host, unexpected } = await start();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const snapshot = await bridge.command('snapshot', {});
    expect(snapshot).toMatchObject({ ok: true, value: { seq: 0, self: FAKE_SELF } });
    const retried = await bridge.command('retry', {
      contactId: '00000000-0000-7000-8000-000000000000',
    });
    expect(retried).toMatchObject({ ok: false, problem: { code: 'unknown-contact' } });
    for (const [name, input] of [
      ['snapshot', { surplus: 1 }],
      ['constructor', {}],
      ['subscribe', {}],
      ['send', null],
    ] as const) {
      const refused = await bridge.command(name, input);
      expect(refused).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    }
    expect(unexpected).toEqual([]);
  });

  test('brings events from where the page left off, in order', async () => {
    const fake = fakePeerApp();
    for (let port = 1; port <= 3; port += 1) fake.publish(selfWithPort(port));
    const { host } = await start(fake);
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const seqs: number[] = [];
    await bridge.subscribe(1, (batch: EventBatch) => {
      if (batch.type === 'events') seqs.push(...batch.events.map(({ seq }) => seq));
    });
    for (let port = 4; port <= 300; port += 1) fake.publish(selfWithPort(port));
    await vi.waitFor(() => expect(seqs.at(-1)).toBe(300));
    expect(seqs).toEqual(Array.from({ length: 299 }, (_, index) => index + 2));
  });

  test('ends a subscription when the page lets go of it', async () => {
    const { host, publish, subscribers } = await start();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const batches: unknown[] = [];
    const handle = await bridge.subscribe(0, (batch: EventBatch) => void batches.push(batch));
    expect(subscribers()).toBe(1);
    handle[Symbol.dispose]();
    await vi.waitFor(() => expect(subscribers()).toBe(0));
    publish(selfWithPort(1));
    await bridge.command('snapshot', {});
    expect(batches).toEqual([]);
  });

  test('ends all subscriptions when the connection breaks', async () => {
    const { host, subscribers } = await start();
    const socket = await openSocket(host, await openPageSession(host.newLink()));
    const bridge = bridgeOn(socket);
    await bridge.subscribe(0, () => {});
    await bridge.subscribe(0, () => {});
    expect(subscribers()).toBe(2);
    socket.terminate();
    await vi.waitFor(() => expect(subscribers()).toBe(0));
  });

  test('takes no subscription that is not one', async () => {
    const { host, subscribers } = await start();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const subscribe = bridge.subscribe as unknown as (...args: unknown[]) => Promise<unknown>;
    await expect(subscribe(-1, () => {})).rejects.toThrow('afterSeq');
    await expect(subscribe('0', () => {})).rejects.toThrow('afterSeq');
    await expect(subscribe(0, 'listener')).rejects.toThrow('listener');
    for (let count = 0; count < 8; count += 1) await bridge.subscribe(0, () => {});
    await expect(subscribe(0, () => {})).rejects.toThrow('limit is 8');
    expect(subscribers()).toBe(8);
  });

  test('offers nothing else', async () => {
    const { host } = await start();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const anything = bridge as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (const name of ['dispatch', 'app', 'deps', 'close', 'snapshot']) {
      await expect(Promise.resolve(anything[name]?.())).rejects.toThrow();
    }
  });

  test.each([
    ['no cookie', { cookie: '' }, 401],
    ['another cookie', { cookie: 'parley=AAAA' }, 401],
    ['another token', { token: 'A'.repeat(43) }, 401],
    ['no token', { token: '' }, 401],
  ] as const)('is closed to whoever has %s', async (_, change, status) => {
    const { host } = await start();
    const session = await openPageSession(host.newLink());
    expect(await openBridgeSocket(host.port, { ...session, ...change })).toBe(status);
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['no origin at all', { origin: '' }, 403],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }, 403],
    ['another host name', { host: 'evil.example' }, 403],
    ['another path', { path: '/rpc/ws' }, 404],
  ] as const)('is closed to %s, even with a session', async (_, change, status) => {
    const { host } = await start();
    const session = await openPageSession(host.newLink());
    expect(await openBridgeSocket(host.port, session, change)).toBe(status);
  });

  test('is closed to a seventeenth page', async () => {
    const { host } = await start();
    const session = await openPageSession(host.newLink());
    for (let page = 0; page < 16; page += 1) await openSocket(host, session);
    expect(await openBridgeSocket(host.port, session)).toBe(503);
  });

  test('says goodbye when the host stops', async () => {
    const { host, subscribers } = await start();
    const socket = await openSocket(host, await openPageSession(host.newLink()));
    await bridgeOn(socket).subscribe(0, () => {});
    const closed = once(socket, 'close');
    await host.close();
    expect((await closed)[0]).toBe(1001);
    expect(subscribers()).toBe(0);
  });
});

test('a busy port is told as a sentence', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const starting = startWebHost({
    app: fakePeerApp().app,
    rendererDir: rendererFolder(),
    port,
    onUnexpected: () => {},
  });
  await expect(starting).rejects.toThrow(ProblemError);
  await expect(starting).rejects.toThrow(`Port ${port} is already used`);
});

function selfWithPort(port: number) {
  return {
    type: 'self-changed',
    self: { ...FAKE_SELF, settings: { name: 'Alice', port } },
  } as const;
}
