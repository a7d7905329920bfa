import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectChromium } from '../support/browser/shared-chromium.ts';
import { LINK, openScreen, startWeb } from '../support/browser/web-screen.ts';
import { expectCleanStop } from '../support/peers/parley-process.ts';
import { firstChat, hear, messagesOf, open, ownAddress, say } from './journeys/first-chat.ts';

let chromium: Browser;

beforeAll(async () => {
  chromium = await connectChromium();
});
afterAll(() => chromium.close());

test('two people chat, each in a browser on their own peer', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const [left, right] = await Promise.all([
    openScreen(chromium, alice.link),
    openScreen(chromium, bob.link),
  ]);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  expect([...left.complaints, ...right.complaints]).toEqual([]);
  await expectCleanStop(alice.process, 'SIGINT');
  await expectCleanStop(bob.process, 'SIGTERM');
});

test('the secret leaves the address bar, and a reload still works', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const [left, right] = await Promise.all([
    openScreen(chromium, alice.link),
    openScreen(chromium, bob.link),
  ]);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  expect(new URL(left.page.url()).hash).toBe('');

  await left.page.reload();
  await open(left.page, 'Bob');
  await hear(left.page, 'Good');
  await say(left.page, 'I am back');
  await hear(right.page, 'I am back');
  await expect
    .poll(() => messagesOf(left.page).getByRole('listitem').count())
    .toBeGreaterThanOrEqual(3);
});

test('a used link opens nothing in another browser, and says how to get a new one', async () => {
  const alice = await startWeb('Alice');
  const first = await openScreen(chromium, alice.link);
  await ownAddress(first.page);

  const second = await openScreen(chromium, alice.link);
  await second.page.getByRole('heading', { name: 'This link cannot be used any more' }).waitFor();
  await expect.poll(() => second.page.getByText('Press Enter in the terminal').count()).toBe(1);
  const bare = await openScreen(chromium, new URL('/', alice.link).href);
  await bare.page.getByRole('heading', { name: 'This link cannot be used any more' }).waitFor();

  const before = alice.process.lines.length;
  alice.process.type('');
  await alice.process.line(/press Enter here for another/);
  await expect
    .poll(() => alice.process.lines.slice(before).filter((it) => LINK.test(it)))
    .toHaveLength(1);
  const fresh = alice.process.lines.findLast((it) => LINK.test(it))?.trim() ?? '';
  await second.page.goto(fresh);
  await expect.poll(() => ownAddress(second.page)).toBe(await ownAddress(first.page));
});

test('a second tab of the same browser works beside the first one', async () => {
  const alice = await startWeb('Alice');
  const first = await openScreen(chromium, alice.link);
  await ownAddress(first.page);
  alice.process.type('');
  const fresh = () => alice.process.lines.filter((it) => LINK.test(it));
  await expect.poll(fresh).toHaveLength(2);
  const second = await openScreen(chromium, fresh()[1]?.trim() ?? '', { context: first.context });
  await ownAddress(second.page);
  await first.page.reload();
  await ownAddress(first.page);
});

test('a page that lost its connection to the host catches up by itself', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const context = await chromium.newContext();
  onTestFinished(() => context.close());
  await context.addInitScript(() => {
    const sockets: WebSocket[] = [];
    const Original = WebSocket;
    globalThis.WebSocket = class extends Original {
      constructor(...args: ConstructorParameters<typeof Original>) {
        super(...args);
        sockets.push(this);
      }
    };
    Object.assign(globalThis, { dropConnections: () => sockets.splice(0).map((it) => it.close()) });
  });
  const [left, right] = await Promise.all([
    openScreen(chromium, alice.link, { context }),
    openScreen(chromium, bob.link),
  ]);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });

  const dropped = await left.page.evaluate(() =>
    (globalThis as unknown as { dropConnections: () => unknown[] }).dropConnections(),
  );
  expect(dropped).toHaveLength(1);
  await say(right.page, 'while you were away');
  await hear(left.page, 'while you were away');
  await say(left.page, 'here again');
  await hear(right.page, 'here again');
});

test('a page whose host has stopped says so', async () => {
  const alice = await startWeb('Alice');
  const { page } = await openScreen(chromium, alice.link);
  await ownAddress(page);
  await alice.process.stop('SIGINT');
  await page.getByText('Parley itself has stopped').waitFor();
});
