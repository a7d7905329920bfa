import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { WAIT_TIMEOUT_MS } from '../support/basics/timeouts.ts';
import {
  ask,
  bridgeOn,
  exchange,
  openBridgeSocket,
  openPageSession,
} from '../support/browser/web-page.ts';
import { FAKE_SELF, fakePeerApp } from '../support/peers/fake-peer-app.ts';
import { openSocket, startHost } from './web-host-fixture.ts';

describe('a session', () => {
  test('survives a reload: it needs token and cookie together', async () => {
    const { host } = await startHost();
    const { token, cookie } = await openPageSession(host.newLink());
    const check = (headers: Record<string, string>) =>
      ask(host, { path: '/session', headers }).then(({ status }) => status);
    const authorization = `Bearer ${token}`;
    expect(await check({ authorization, cookie })).toBe(204);
    expect(await check({ authorization })).toBe(401);
    expect(await check({ cookie })).toBe(401);
    expect(await check({ authorization: `Bearer ${token}x`, cookie })).toBe(401);
    expect(await check({ authorization, cookie: `${cookie}x` })).toBe(401);
  });

  test('of a second page in the same browser does not invalidate the first', async () => {
    const { host } = await startHost();
    const first = await openPageSession(host.newLink());
    const second = await exchange(host.newLink(), { cookie: first.cookie });
    expect(String(second.headers['set-cookie']?.[0]).split(';')[0]).toBe(first.cookie);
    await openSocket(host, first);
  });

  test('ends with the host', async () => {
    const { host } = await startHost();
    const session = await openPageSession(host.newLink());
    await host.close();
    const again = await startHost();
    expect(await openBridgeSocket(again.host, session)).toBe(401);
  });
});

describe('the bridge', () => {
  test('carries out what a page sent before its host was stopped', async () => {
    const saved: unknown[] = [];
    const stored = Promise.withResolvers<void>();
    const fake = fakePeerApp({
      saveDraft: async (input) => {
        await stored.promise;
        saved.push(input);
        return { seq: 0 };
      },
    });
    const { host } = await startHost(fake);
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const contactId = '00000000-0000-7000-8000-000000000000';
    const draft = { body: 'typed at last', replyTo: null };
    const answer = bridge.call('chat', 'saveDraft', { contactId, draft });
    const closed = host.close();
    stored.resolve();
    expect(await answer).toMatchObject({ ok: true });
    await closed;
    expect(saved).toEqual([{ contactId, draft }]);
  });

  test('does not wait for a page that is stuck when its host is stopped', async () => {
    const fake = fakePeerApp({ saveDraft: () => new Promise(() => {}) });
    const { host } = await startHost(fake);
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const contactId = '00000000-0000-7000-8000-000000000000';
    const answer = bridge.call('chat', 'saveDraft', { contactId, draft: null });
    const lost = expect(answer).rejects.toThrow();
    await host.close();
    await lost;
  });

  test('runs commands and returns failures as plain data', async () => {
    const { host, unexpected } = await startHost();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const snapshot = await bridge.call('chat', 'snapshot', {});
    expect(snapshot).toMatchObject({ ok: true, value: { seq: 0, self: FAKE_SELF } });
    const retried = await bridge.call('chat', 'retry', {
      contactId: '00000000-0000-7000-8000-000000000000',
    });
    expect(retried).toMatchObject({ ok: false, problem: { code: 'unknown-contact' } });
    for (const [name, input] of [
      ['snapshot', { surplus: 1 }],
      ['constructor', {}],
      ['subscribe', {}],
      ['send', null],
    ] as const) {
      const refused = await bridge.call('chat', name, input);
      expect(refused).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    }
    expect(unexpected).toEqual([]);
  });

  test('delivers events from where the page left off, in order', async () => {
    const fake = fakePeerApp();
    for (let port = 1; port <= 3; port += 1) fake.publish(selfWithPort(port));
    const { host } = await startHost(fake);
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const seqs: number[] = [];
    await bridge.subscribe('chat', 1, (batch) => {
      if (batch.type === 'events') seqs.push(...batch.events.map(({ seq }) => seq));
    });
    for (let port = 4; port <= 300; port += 1) fake.publish(selfWithPort(port));
    await vi.waitFor(() => expect(seqs.at(-1)).toBe(300), WAIT_TIMEOUT_MS);
    expect(seqs).toEqual(Array.from({ length: 299 }, (_, index) => index + 2));
  });

  test('ends a subscription when the page disposes of it', async () => {
    const { host, publish, subscribers } = await startHost();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const batches: unknown[] = [];
    const handle = await bridge.subscribe('chat', 0, (batch) => void batches.push(batch));
    expect(subscribers()).toBe(1);
    handle[Symbol.dispose]();
    await vi.waitFor(() => expect(subscribers()).toBe(0), WAIT_TIMEOUT_MS);
    publish(selfWithPort(1));
    await bridge.call('chat', 'snapshot', {});
    expect(batches).toEqual([]);
  });

  test('ends all subscriptions when the connection breaks', async () => {
    const { host, subscribers } = await startHost();
    const socket = await openSocket(host, await openPageSession(host.newLink()));
    const bridge = bridgeOn(socket);
    await bridge.subscribe('chat', 0, () => {});
    await bridge.subscribe('chat', 0, () => {});
    expect(subscribers()).toBe(2);
    socket.terminate();
    await vi.waitFor(() => expect(subscribers()).toBe(0), WAIT_TIMEOUT_MS);
  });

  test('rejects an invalid subscription, and a ninth', async () => {
    const { host, subscribers } = await startHost();
    const bridge = bridgeOn(await openSocket(host, await openPageSession(host.newLink())));
    const subscribe = bridge.subscribe as unknown as (...args: unknown[]) => Promise<unknown>;
    await expect(subscribe('chat', -1, () => {})).rejects.toThrow('afterSeq');
    await expect(subscribe('chat', '0', () => {})).rejects.toThrow('afterSeq');
    await expect(subscribe('data', 0, () => {})).rejects.toThrow('no events');
    await expect(subscribe('chat', 0, 'listener')).rejects.toThrow('listener');
    for (let count = 0; count < 8; count += 1) await bridge.subscribe('chat', 0, () => {});
    await expect(subscribe('chat', 0, () => {})).rejects.toThrow('limit is 8');
    expect(subscribers()).toBe(8);
  });

  test('exposes nothing else', async () => {
    const { host } = await startHost();
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
  ] as const)('is closed to a page with %s', async (_, change, status) => {
    const { host } = await startHost();
    const session = await openPageSession(host.newLink());
    expect(await openBridgeSocket(host, { ...session, ...change })).toBe(status);
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['no origin at all', { origin: '' }, 403],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }, 403],
    ['another host name', { host: 'evil.example' }, 403],
    ['another path', { path: '/rpc/ws' }, 404],
  ] as const)('is closed to %s, even with a session', async (_, change, status) => {
    const { host } = await startHost();
    const session = await openPageSession(host.newLink());
    expect(await openBridgeSocket(host, session, change)).toBe(status);
  });

  test('is closed to a seventeenth page', async () => {
    const { host } = await startHost();
    const session = await openPageSession(host.newLink());
    for (let page = 0; page < 16; page += 1) await openSocket(host, session);
    expect(await openBridgeSocket(host, session)).toBe(503);
  });

  test('sends a close frame when the host stops', async () => {
    const { host, subscribers } = await startHost();
    const socket = await openSocket(host, await openPageSession(host.newLink()));
    await bridgeOn(socket).subscribe('chat', 0, () => {});
    const closed = once(socket, 'close');
    await host.close();
    expect((await closed)[0]).toBe(1001);
    expect(subscribers()).toBe(0);
  });
});

function selfWithPort(port: number) {
  return {
    type: 'self-changed',
    self: { ...FAKE_SELF, settings: { ...FAKE_SELF.settings, port } },
  } as const;
}
