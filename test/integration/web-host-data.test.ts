import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { raise } from '../../src/shared/problems/problem.ts';
import { ask, openPageSession, type PageSession } from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { fakePeerApp } from '../support/peers/fake-peer-app.ts';
import { type RunningHost, startHost } from './web-host-fixture.ts';

const withToken = ({ token, cookie }: PageSession, origin: string) => ({
  cookie,
  origin,
  authorization: `Bearer ${token}`,
});

async function ticketOf({ host, origin }: RunningHost, session: PageSession): Promise<string> {
  const headers = withToken(session, origin);
  const answer = await ask(host, { method: 'POST', path: '/data/export', headers });
  expect(answer.status).toBe(200);
  return (JSON.parse(answer.body) as { path: string }).path;
}

test('a page learns the location and the size of its data', async () => {
  const { host, origin } = await startHost();
  const headers = withToken(await openPageSession(host.newLink()), origin);
  const { body } = await ask(host, { path: '/data', headers });
  expect(JSON.parse(body)).toEqual({
    ok: true,
    value: { folder: '/profiles/alice', bytes: 4_096 },
  });
});

test('an export is a download, by a link that works once', async () => {
  const running = await startHost();
  const session = await openPageSession(running.host.newLink());
  const path = await ticketOf(running, session);
  const download = () => ask(running.host, { path, headers: { cookie: session.cookie } });
  const { status, headers, body } = await download();
  expect(status).toBe(200);
  expect(headers['content-disposition']).toMatch(/^attachment; filename="parley-[\d-]+\.ndjson"$/);
  expect(body).toBe('first line\nlast line\n');
  expect((await download()).status).toBe(403);
});

test('the link of an export needs the cookie of the page', async () => {
  const running = await startHost();
  const path = await ticketOf(running, await openPageSession(running.host.newLink()));
  expect((await ask(running.host, { path })).status).toBe(403);
});

test('an export that fails half-way is a broken download, not a short file', async () => {
  const data = fakeData({
    exportAll: async function* () {
      yield 'first line\n';
      throw new Error('the disk is gone');
    },
  });
  const running = await startHost(fakePeerApp(), data);
  const session = await openPageSession(running.host.newLink());
  const path = await ticketOf(running, session);
  const download = new Promise((resolve, reject) => {
    const sent = request({
      port: running.host.port,
      host: '127.0.0.1',
      path,
      headers: { host: running.host.host, cookie: session.cookie },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.once('error', reject).once('end', resolve).resume();
    });
    sent.end();
  });
  await expect(download).rejects.toThrow();
  expect(running.unexpected).toHaveLength(1);
});

test('an upload is imported while it arrives', async () => {
  const seen: string[] = [];
  const data = fakeData({
    importAll: async (text) => {
      for await (const chunk of text) seen.push(chunk);
      return { contacts: 1, messages: seen.join('').length };
    },
  });
  const { host, origin } = await startHost(fakePeerApp(), data);
  const headers = withToken(await openPageSession(host.newLink()), origin);
  const sent = request({
    port: host.port,
    host: '127.0.0.1',
    path: '/data/import',
    method: 'POST',
    headers: { ...headers, host: host.host },
  });
  // The first bytes tell what it is; what follows is taken as it comes, also within a character.
  const text = '{"head":"ä€😀';
  const bytes = Buffer.from(text);
  sent.write(bytes.subarray(0, 10));
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  sent.end(bytes.subarray(10));
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  expect(seen.join('')).toBe(text);
  expect(JSON.parse(body)).toEqual({
    ok: true,
    value: { type: 'added', contacts: 1, messages: text.length },
  });
});

test('a refused upload returns the reason', async () => {
  const data = fakeData({
    importAll: async () => raise('import-invalid', { line: 1, reason: 'no.' }),
  });
  const { host, origin } = await startHost(fakePeerApp(), data);
  const headers = withToken(await openPageSession(host.newLink()), origin);
  const asked = { method: 'POST', path: '/data/import', headers, body: 'x'.repeat(100_000) };
  expect(JSON.parse((await ask(host, asked)).body)).toMatchObject({
    ok: false,
    problem: { code: 'import-invalid' },
  });
});

test.each([
  ['GET', '/data'],
  ['POST', '/data/export'],
  ['POST', '/data/import'],
])('%s %s needs both halves of the session', async (method, path) => {
  const { host, origin } = await startHost();
  const session = await openPageSession(host.newLink());
  const both = withToken(session, origin);
  for (const headers of [
    { origin, cookie: session.cookie },
    { origin, authorization: both.authorization },
    { ...both, authorization: 'Bearer wrong' },
  ]) {
    expect((await ask(host, { method, path, headers })).status).toBe(401);
  }
  const foreign = { ...both, origin: 'https://example.org' };
  expect((await ask(host, { method, path, headers: foreign })).status).toBe(403);
});

test.each([
  ['POST', '/data'],
  ['GET', '/data/import'],
  ['POST', '/data/download'],
  ['GET', '/data/other'],
])('%s %s does not exist', async (method, path) => {
  const { host, origin } = await startHost();
  const headers = withToken(await openPageSession(host.newLink()), origin);
  expect((await ask(host, { method, path, headers })).status).toBe(404);
});
