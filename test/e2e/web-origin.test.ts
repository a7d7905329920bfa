import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { connectChromium } from '../support/browser/shared-chromium.ts';
import { openScreen, startWeb } from '../support/browser/web-screen.ts';
import { expectCleanStop } from '../support/peers/parley-process.ts';

// Somebody else on this computer takes the port of a page while Parley does not run, and has the
// browser keep a service worker there: it must never see a link of ours.

let chromium: Browser;

beforeAll(async () => {
  chromium = await connectChromium();
});
afterAll(() => chromium.close());

const WORKER = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  event.respondWith(new Response('<title>taken</title>', { headers: { 'content-type': 'text/html' } }));
});
`;
const PAGE = `<title>waiting</title><script>
navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)
  .then(() => { document.title = 'worker is there'; });
</script>`;

/** Listens at a port that was ours, as any user of this computer may. */
async function impersonate(port: number) {
  const server = createServer((request, response) => {
    const worker = request.url === '/worker.js';
    response.setHeader('content-type', worker ? 'text/javascript' : 'text/html');
    response.end(worker ? WORKER : PAGE);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  onTestFinished(() => void server.close());
  return { stop };
}

test('a service worker left at the page’s last address gets nothing at the next start', async () => {
  const data = temporaryFolder();
  const first = await startWeb('Alice', { data });
  const { page, context } = await openScreen(chromium, first.link);
  await page.getByRole('region', { name: 'You', exact: true }).waitFor();
  await expectCleanStop(first.process, 'SIGTERM');

  const { port } = new URL(first.link);
  const other = await impersonate(Number(port));
  await page.reload();
  await expect.poll(() => page.title()).toBe('worker is there');
  const numeric = await context.newPage();
  await numeric.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => numeric.title()).toBe('worker is there');
  await other.stop();

  const second = await startWeb('Alice', { data });
  const next = await openScreen(chromium, second.link, { context });
  await next.page.getByRole('region', { name: 'You', exact: true }).waitFor();
  await expect.poll(() => next.page.evaluate('navigator.serviceWorker.controller')).toBeNull();
  // Of the old address the worker still has hold.
  await page.reload();
  await expect.poll(() => page.title()).toBe('taken');
});

test('a fixed address is used only on request, with a warning', async () => {
  const data = temporaryFolder();
  const first = await startWeb('Alice', { data });
  expect(first.process.lines.join('\n')).not.toContain('share this computer');
  await expectCleanStop(first.process, 'SIGTERM');
  const { port } = new URL(first.link);
  const kept = await startWeb('Alice', { data, args: ['--web-port', port] });
  expect(new URL(kept.link).host).toBe(`127.0.0.1:${port}`);
  expect(kept.process.lines.join('\n')).toContain('share this computer');
});
