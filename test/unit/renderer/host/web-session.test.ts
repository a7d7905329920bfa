import { expect, test } from 'vitest';
import { openSession, type SessionPage } from '../../../../src/renderer/host/web-session.ts';

/** A page at `hash`, with `stored` in its storage and a host that answers `status`. */
function pageAt(hash: string, stored: string | null, status: number) {
  const log: string[] = [];
  const page: SessionPage = {
    location: { hash, pathname: '/', replace: (url) => void log.push(`leave ${url}`) },
    history: { replaceState: (_data, _unused, url) => void log.push(`address ${url}`) },
    storage: { getItem: () => stored, setItem: (_key, value) => void log.push(`keep ${value}`) },
    fetch: async (path, { method = 'GET', body }) => {
      log.push(`${method} ${path} ${body ?? ''}`.trim());
      const answer = status === 200 ? JSON.stringify({ token: 'T' }) : null;
      return new Response(answer, { status });
    },
  };
  return { page, log };
}

test('a link is exchanged, and its secret is out of the address bar before anything is sent', async () => {
  const { page, log } = pageAt('#S', null, 200);
  expect(await openSession(page)).toBe('T');
  expect(log).toEqual(['address /', 'POST /session {"secret":"S"}', 'keep T']);
});

test('a reload goes on with the session it has', async () => {
  const { page, log } = pageAt('', 'T', 204);
  expect(await openSession(page)).toBe('T');
  expect(log).toEqual(['GET /session']);
});

test.each([
  ['a link that was used', '#S', null, 403],
  ['a link with an older session beside it', '#S', 'T', 403],
  ['a session that has ended', '', 'T', 401],
  ['an address without a secret', '', null, 500],
] as const)('%s leads to the page that explains it', async (_, hash, stored, status) => {
  const { page, log } = pageAt(hash, stored, status);
  expect(await openSession(page)).toBeNull();
  expect(log.at(-1)).toBe('leave /new-link');
});

test('a host that does not answer is an error, not a used link', async () => {
  const { page, log } = pageAt('', 'T', 204);
  const offline: SessionPage = { ...page, fetch: () => Promise.reject(new TypeError('offline')) };
  await expect(openSession(offline)).rejects.toThrow('offline');
  expect(log).toEqual([]);
});
