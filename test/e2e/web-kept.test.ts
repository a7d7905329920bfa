import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { PAGE_FILE } from '../../src/core/profile/page-file.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { connectChromium } from '../support/browser/shared-chromium.ts';
import { LINK, openScreen, startWeb, type WebPeer } from '../support/browser/web-screen.ts';
import { expectCleanStop } from '../support/peers/parley-process.ts';
import { connectTo, firstChat } from './journeys/first-chat.ts';

// What the page keeps in the browser host, where every start is at another port.

let chromium: Browser;

beforeAll(async () => {
  chromium = await connectChromium();
});
afterAll(() => chromium.close());

const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const theme = (page: Page) => page.evaluate('document.documentElement.dataset.theme');

/** Another one-time link of a running copy. */
async function anotherLink({ process }: WebPeer): Promise<string> {
  const links = () => process.lines.filter((it) => LINK.test(it));
  const before = links().length;
  process.type('');
  await expect.poll(() => links().length).toBe(before + 1);
  return links().at(-1)?.trim() ?? '';
}

/** Adds a contact that nobody answers for, and opens its conversation. */
async function addSomebody(page: Page): Promise<void> {
  await connectTo(page, '127.0.0.1:9');
  await field(page).waitFor();
}

test('colours, language and drafts are there again after a start at another port', async () => {
  const data = temporaryFolder();
  const first = await startWeb('Alice', { data });
  const bob = await startWeb('Bob');
  const before = await openScreen(chromium, first.link);
  const right = await openScreen(chromium, bob.link);
  await firstChat({ name: 'Alice', page: before.page }, { name: 'Bob', page: right.page });
  await before.page.getByRole('button', { name: 'Settings' }).click();
  const settings = before.page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('radio', { name: 'Dark' }).check();
  await settings.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await before.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  await before.page.keyboard.press('Escape');
  const write = before.page.getByRole('textbox', { name: 'Nachricht', exact: true });
  await write.fill('Noch nicht fertig');
  await expectCleanStop(first.process, 'SIGTERM');
  if (process.platform !== 'win32') {
    expect(statSync(join(data, PAGE_FILE)).mode & 0o777).toBe(0o600);
  }

  // Somebody else has the port of last time.
  const other = createServer().listen(Number(new URL(first.link).port), '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const second = await startWeb('Alice', { data });
  expect(new URL(second.link).port).not.toBe(new URL(first.link).port);
  const after = await openScreen(chromium, second.link);
  await after.page.getByRole('navigation').getByRole('button', { name: 'Bob' }).click();
  const again = after.page.getByRole('textbox', { name: 'Nachricht', exact: true });
  await expect.poll(() => again.inputValue()).toBe('Noch nicht fertig');
  await expect.poll(() => theme(after.page)).toBe('dark');
  await expect.poll(() => after.page.evaluate('document.documentElement.lang')).toBe('de');
  expect(after.complaints).toEqual([]);
  // Nobody has been asked the questions of the first run again.
  await expect.poll(() => after.page.getByRole('heading', { name: 'Willkommen' }).count()).toBe(0);
});

test('a page that is closed right after the last key loses nothing', async () => {
  const alice = await startWeb('Alice');
  const { page, context } = await openScreen(chromium, alice.link);
  await addSomebody(page);
  for (let round = 1; round <= 5; round += 1) {
    const tab =
      round === 1 ? page : (await openScreen(chromium, await anotherLink(alice), { context })).page;
    if (round > 1) {
      await tab.getByRole('navigation').getByRole('button', { name: '127.0.0.1:9' }).click();
      await expect.poll(() => field(tab).inputValue()).toBe(`Round ${round - 1}`);
    }
    await field(tab).fill('');
    await field(tab).pressSequentially(`Round ${round}`);
    await tab.close();
  }
  // Also where the browser has kept nothing: at another place.
  const elsewhere = await openScreen(chromium, await anotherLink(alice));
  await elsewhere.page.getByRole('navigation').getByRole('button', { name: '127.0.0.1:9' }).click();
  await expect.poll(() => field(elsewhere.page).inputValue()).toBe('Round 5');
});

test('a page that crashes right after the last key loses nothing', async () => {
  const alice = await startWeb('Alice');
  const { page, context } = await openScreen(chromium, alice.link);
  await addSomebody(page);
  await field(page).pressSequentially('Typed at last');
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  const next = await openScreen(chromium, await anotherLink(alice), { context });
  await next.page.getByRole('navigation').getByRole('button', { name: '127.0.0.1:9' }).click();
  await expect.poll(() => field(next.page).inputValue()).toBe('Typed at last');
});

test('what one page chooses, the next is served with, and drafts are on all of them and in no browser', async () => {
  const alice = await startWeb('Alice');
  const first = await openScreen(chromium, alice.link);
  await addSomebody(first.page);
  await field(first.page).fill('Only for the two of us');
  // A tab of the same browser follows at once.
  const tab = await openScreen(chromium, await anotherLink(alice), { context: first.context });
  await tab.page.getByRole('button', { name: 'Settings' }).click();
  await tab.page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => theme(first.page)).toBe('dark');
  // Another browser: they share nothing but their host. It is painted so before any script runs.
  const second = await openScreen(chromium, await anotherLink(alice));
  expect(await second.page.content()).toContain('data-theme="dark"');
  expect(await theme(second.page)).toBe('dark');
  await second.page.getByRole('navigation').getByText('Only for the two of us').waitFor();
  for (const { page } of [first, second])
    expect(await page.evaluate('localStorage.length')).toBe(0);
  // A reload starts in the right colours at once, and the draft comes from the core.
  await first.page.reload();
  await expect.poll(() => theme(first.page)).toBe('dark');
  await first.page.getByRole('navigation').getByRole('button', { name: '127.0.0.1:9' }).click();
  await expect.poll(() => field(first.page).inputValue()).toBe('Only for the two of us');
});

test('a damaged file costs what was kept, not the start', async () => {
  const data = temporaryFolder();
  const first = await startWeb('Alice', { data });
  const { page } = await openScreen(chromium, first.link);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const file = join(data, PAGE_FILE);
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('dark');
  await expectCleanStop(first.process, 'SIGTERM');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
  const second = await startWeb('Alice', { data });
  const again = await openScreen(chromium, second.link);
  expect(await theme(again.page)).toBe('system');
  await again.page.getByRole('button', { name: 'Settings' }).click();
  await again.page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('light');
});
