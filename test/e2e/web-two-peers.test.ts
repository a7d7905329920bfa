import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { expectCleanStop, type ParleyProcess, parley } from '../support/parley-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { firstChat, hear, messagesOf, open, ownAddress, say } from './journeys/first-chat.ts';

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());

interface WebPeer {
  readonly process: ParleyProcess;
  readonly link: string;
}

const LINK = /^ {3}(http:\/\/127\.0\.0\.1:\d+\/#\S+)$/;

/** `parley web` as a person starts it, on a profile of its own and any free port. */
async function startWeb(name: string): Promise<WebPeer> {
  const process = parley(['web', '--name', name, '--port', '0', '--data', temporaryFolder()]);
  const line = await process.line(LINK);
  return { process, link: line.trim() };
}

interface Screen {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page: errors, and anything its policy forbade. */
  readonly complaints: string[];
}

async function openScreen(link: string, context?: BrowserContext): Promise<Screen> {
  const own = context ?? (await chromium.newContext());
  if (!context) onTestFinished(() => own.close());
  const page = await own.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(link);
  return { context: own, page, complaints };
}

test('two people chat, each in a browser on their own copy', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const [left, right] = await Promise.all([openScreen(alice.link), openScreen(bob.link)]);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  expect([...left.complaints, ...right.complaints]).toEqual([]);
  await expectCleanStop(alice.process, 'SIGINT');
  await expectCleanStop(bob.process, 'SIGTERM');
});

test('the secret leaves the address bar, and a reload keeps working', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const [left, right] = await Promise.all([openScreen(alice.link), openScreen(bob.link)]);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  expect(new URL(left.page.url()).hash).toBe('');

  await left.page.reload();
  await open(left.page, 'Bob');
  await hear(left.page, 'Good');
  await say(left.page, 'I am back');
  await hear(right.page, 'I am back');
  expect(await messagesOf(left.page).getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
});

test('a link that was used opens nothing in another browser, and says how to get a new one', async () => {
  const alice = await startWeb('Alice');
  const first = await openScreen(alice.link);
  await ownAddress(first.page);

  const second = await openScreen(alice.link);
  await second.page.getByRole('heading', { name: 'This link cannot be used any more' }).waitFor();
  expect(await second.page.getByText('Press Enter in the terminal').count()).toBe(1);
  const bare = await openScreen(new URL('/', alice.link).href);
  await bare.page.getByRole('heading', { name: 'This link cannot be used any more' }).waitFor();

  const before = alice.process.lines.length;
  alice.process.type('');
  await alice.process.line(/press Enter here for another/);
  await expect
    .poll(() => alice.process.lines.slice(before).filter((it) => LINK.test(it)))
    .toHaveLength(1);
  const fresh = alice.process.lines.findLast((it) => LINK.test(it))?.trim() ?? '';
  await second.page.goto(fresh);
  expect(await ownAddress(second.page)).toBe(await ownAddress(first.page));
});

test('a second tab of the same browser works beside the first one', async () => {
  const alice = await startWeb('Alice');
  const first = await openScreen(alice.link);
  await ownAddress(first.page);
  alice.process.type('');
  const fresh = () => alice.process.lines.filter((it) => LINK.test(it));
  await expect.poll(fresh).toHaveLength(2);
  const second = await openScreen(fresh()[1]?.trim() ?? '', first.context);
  await ownAddress(second.page);
  await first.page.reload();
  await ownAddress(first.page);
});

test('a page whose connection to its host drops catches up by itself', async () => {
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
  const [left, right] = await Promise.all([openScreen(alice.link, context), openScreen(bob.link)]);
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
  const { page } = await openScreen(alice.link);
  await ownAddress(page);
  await alice.process.stop('SIGINT');
  await page.getByText('Parley itself has stopped').waitFor();
});
