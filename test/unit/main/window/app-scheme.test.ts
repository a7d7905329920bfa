import { mkdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  APP_ORIGIN,
  APP_SCHEME,
  APP_URL,
  filePath,
  serveApp,
} from '../../../../src/main/window/app-scheme.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/shared/model/preferences.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';

type Handler = (request: Request) => Response | Promise<Response>;

let renderer: string;
let get: (url: string, init?: RequestInit) => Promise<Response>;

beforeEach(() => {
  const folder = temporaryFolder();
  renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><html lang="en">');
  writeFileSync(join(renderer, 'assets/app-1a_B.js'), 'run()');
  writeFileSync(join(renderer, 'notes.txt'), 'no known type');
  const handlers: Handler[] = [];
  serveApp({ handle: (_scheme, handler) => handlers.push(handler) }, renderer, {
    preferences: { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'de' },
  });
  get = async (url, init) => (handlers[0] as Handler)(new Request(url, init));
});

describe('the app’s own scheme', () => {
  test('serves the page and its files with their types and the policy', async () => {
    const page = await get(APP_URL);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<html lang="de" data-theme="dark"');
    const script = await get(`${APP_ORIGIN}/assets/app-1a_B.js?v=1#x`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const response of [page, script]) {
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test.each([
    '/',
    '/missing.html',
    '/assets',
    '/notes.txt',
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/..%2f..%2fsecret.html',
    '/..\\secret.html',
    '/assets/%2e%2e/%2e%2e/secret.html',
    '//secret.html',
    '/index.html%00.js',
    '/.hidden.html',
    '/C:/secret.html',
  ])('answers %j with 404 and no content', async (path) => {
    const response = await get(`${APP_ORIGIN}${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('serves no other host, no other scheme and no other method', async () => {
    expect((await get('parley-app://elsewhere/index.html')).status).toBe(404);
    expect((await get('https://bundle/index.html')).status).toBe(404);
    expect((await get(APP_URL, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  test('never serves a file outside its folder, whatever the URL', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', 'a'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = filePath(`${APP_ORIGIN}/${pieces.join('')}`, renderer);
        if (path !== null) expect(path.startsWith(renderer + sep)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('gives pages a real origin and cannot bypass their policy', () => {
    expect(APP_SCHEME.privileges).toMatchObject({ standard: true, secure: true });
    expect(APP_SCHEME.privileges?.bypassCSP).toBeUndefined();
    expect(APP_URL).toBe(`${APP_SCHEME.scheme}://bundle/index.html`);
  });
});
