import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageKey } from '../../src/renderer/i18n/catalog.ts';
import { catalog as arabic } from '../../src/renderer/i18n/catalogs/ar/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { expectCleanStop } from '../support/parley-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openScreen, startWeb } from '../support/web-screen.ts';
import {
  connectTo,
  firstChat,
  hear,
  messagesOf,
  open,
  ownAddress,
  say,
} from './journeys/first-chat.ts';

// What people go through with Parley, in the browser host and on real peers.

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});
afterAll(() => chromium.close());

/** Alice and Bob, connected, each before their own screen. */
async function chatting(options: Parameters<typeof openScreen>[2] = {}) {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const [left, right] = await Promise.all([
    openScreen(chromium, alice.link, options),
    openScreen(chromium, bob.link, options),
  ]);
  return { alice, bob, left, right };
}

test('a connection that fails says why and what to do, and works once that is done', async () => {
  const port = await freePort();
  const alice = await startWeb('Alice');
  const { page, complaints } = await openScreen(chromium, alice.link);
  await connectTo(page, `127.0.0.1:${port}`);
  const offline = page.getByRole('region', { name: 'Offline' });
  await offline.getByText(`nothing is listening on port ${port}`).waitFor();

  await offline.getByRole('button', { name: 'What is wrong?' }).click();
  const check = page.getByRole('dialog', { name: 'Check the connection' });
  await check.getByText('Your messages cannot get there right now.').waitFor();
  await check.getByText('Ask your friend to start Parley there').waitFor();
  const takesCall = check.getByRole('listitem').filter({ hasText: 'Does that computer take' });
  await takesCall.getByText('Problem').waitFor();

  const bob = await startWeb('Bob', { port });
  await check.getByRole('button', { name: 'Check again' }).click();
  await check.getByText(/^(All is well|Your messages can get there)/).waitFor();
  await check.getByText('Yes: Bob has just called back and found you.').waitFor();
  await check.getByRole('button', { name: 'Close' }).click();

  const tryAgain = offline.getByRole('button', { name: 'Try again' });
  // It may have tried by itself meanwhile.
  if (await tryAgain.isVisible()) await tryAgain.click().catch(() => {});
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await say(page, 'There you are');
  expect(complaints).toEqual([]);
  await expectCleanStop(bob.process, 'SIGINT');
});

test('a message that is written while the friend is away arrives after both have restarted', async () => {
  const [port, ownPort] = [await freePort(), await freePort()];
  const [theirs, ours] = [temporaryFolder(), temporaryFolder()];
  const alice = await startWeb('Alice', { port: ownPort, data: ours });
  const bob = await startWeb('Bob', { port, data: theirs });
  const left = await openScreen(chromium, alice.link);
  const right = await openScreen(chromium, bob.link);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });

  await expectCleanStop(bob.process, 'SIGTERM');
  await left.page.getByRole('region', { name: 'Offline' }).waitFor();
  await left.page.getByRole('textbox', { name: 'Message', exact: true }).fill('See you at seven');
  await left.page.keyboard.press('Enter');
  const waiting = messagesOf(left.page).getByRole('listitem').filter({ hasText: 'at seven' });
  await waiting.getByText('Waiting').waitFor();
  await expectCleanStop(alice.process, 'SIGTERM');

  const bobAgain = await startWeb('Bob', { port, data: theirs });
  const aliceAgain = await startWeb('Alice', { port: ownPort, data: ours });
  const newLeft = await openScreen(chromium, aliceAgain.link);
  const newRight = await openScreen(chromium, bobAgain.link);
  await open(newRight.page, 'Alice');
  await hear(newRight.page, 'See you at seven');
  await open(newLeft.page, 'Bob');
  const sent = messagesOf(newLeft.page).getByRole('listitem').filter({ hasText: 'at seven' });
  await sent.getByText(/^(Delivered|Read)$/).waitFor();
});

test('whoever is blocked is not heard, until they are let in again', async () => {
  const { left, right } = await chatting();
  await connectTo(left.page, await ownAddress(right.page));
  await say(left.page, 'Is this Bob?');
  const list = right.page.getByRole('navigation', { name: 'Conversations' });
  await right.page.getByRole('heading', { name: 'Requests' }).waitFor();
  await list.getByRole('button', { name: 'Alice' }).click();
  await right.page.getByText('Alice wants to chat with you').waitFor();
  await right.page.getByRole('button', { name: 'Block', exact: true }).click();
  await right.page.getByText('You have blocked Alice').waitFor();

  await left.page.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello?');
  await left.page.keyboard.press('Enter');
  await messagesOf(left.page).getByRole('listitem').filter({ hasText: 'Hello?' }).waitFor();
  expect(await messagesOf(right.page).getByText('Hello?').count()).toBe(0);

  await right.page.getByRole('button', { name: 'Unblock' }).first().click();
  await hear(right.page, 'Hello?');
  await say(right.page, 'Yes, it is me');
  await hear(left.page, 'Yes, it is me');
});

test('everything is exported, deleted and imported again', async () => {
  const { left, right, bob } = await chatting();
  const { page } = left;
  await firstChat({ name: 'Alice', page }, { name: 'Bob', page: right.page });
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByText(/on disk$/).waitFor();

  const saved = page.waitForEvent('download');
  await settings.getByRole('button', { name: 'Export…' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^parley-\d{4}-\d\d-\d\d\.ndjson$/);
  const file = join(temporaryFolder(), 'export.ndjson');
  await download.saveAs(file);
  await settings.getByText('Your browser is saving the file.').waitFor();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', records: lines.length - 2 });

  // Or he calls again at once, as a stranger now.
  await expectCleanStop(bob.process, 'SIGTERM');
  await settings.getByRole('button', { name: 'Delete everything…' }).click();
  const sure = page.getByRole('dialog', { name: 'Delete everything?' });
  const yes = sure.getByRole('button', { name: 'Delete everything' });
  // It only looks as if it could not be pressed: it must not do anything either.
  await yes.click({ force: true });
  expect(await sure.isVisible()).toBe(true);
  await sure.getByRole('textbox').fill('delete');
  await yes.click();
  await settings.getByText('All contacts and messages are deleted.').waitFor();
  expect(await page.locator('.conversation-item').count()).toBe(0);

  const chosen = page.waitForEvent('filechooser');
  await settings.getByRole('button', { name: 'Import…' }).click();
  await (await chosen).setFiles(file);
  await settings.getByText('Added 1 contact and 2 messages.').waitFor();
  await page.keyboard.press('Escape');
  await open(page, 'Bob');
  await hear(page, 'Good to see you');
  expect(left.complaints).toEqual([]);
});

test('what goes over a connection can be watched, without what people wrote', async () => {
  const { left, right } = await chatting();
  const { page } = left;
  await firstChat({ name: 'Alice', page }, { name: 'Bob', page: right.page });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Connection log' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connection log' });
  const keep = dialog.getByRole('switch', { name: 'Keep a log of this connection' });
  await keep.click();
  await dialog.getByText('Nothing yet.').waitFor();

  await say(right.page, 'a secret for Alice');
  const entries = dialog.getByRole('list', { name: 'Log entries' });
  const delivery = entries.getByRole('listitem').filter({ hasText: 'Hands over 1 message' });
  await delivery.locator('summary').click();
  await delivery.getByText('•••').waitFor();
  expect(await dialog.getByText('a secret for Alice').count()).toBe(0);
  await dialog.getByRole('switch', { name: 'Show what people wrote' }).check();
  await delivery.getByText('a secret for Alice').waitFor();
  await keep.click();
  await entries.waitFor({ state: 'detached' });
});

test('everything goes by keyboard alone', async () => {
  const { left, right } = await chatting();
  const address = await ownAddress(right.page);
  const { page } = left;
  await ownAddress(page);
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  // The page is there a moment before its keys are; a person is not that fast.
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+n');
      return field.evaluate((it) => it.matches(':focus'));
    })
    .toBe(true);
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await page.keyboard.type('No mouse here');
  await page.keyboard.press('Enter');
  const mine = messagesOf(page).getByRole('listitem').filter({ hasText: 'No mouse here' });
  await mine.getByText(/^(Delivered|Read)$/).waitFor();

  // Bob: into the list, to the request, accept it, answer.
  await right.page.getByRole('heading', { name: 'Requests' }).waitFor();
  await right.page.keyboard.press('Alt+ArrowDown');
  await right.page.getByText('Alice wants to chat with you').waitFor();
  await tabTo(right.page, 'Accept');
  await right.page.keyboard.press('Enter');
  await right.page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  await right.page.keyboard.type('Nor here');
  await right.page.keyboard.press('Enter');
  await hear(page, 'Nor here');

  await page.keyboard.press('Control+/');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

/** Presses Tab until the button with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = page.locator(':focus');
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.count()) > 0 && (await focused.textContent())?.trim() === name) return;
  }
  throw new Error(`Tab never came to ${name}.`);
}

test('two people chat in windows of 400 pixels', async () => {
  const { left, right } = await chatting({ viewport: { width: 400, height: 700 } });
  for (const { page } of [left, right]) {
    // A narrow window shows the questions of the first run alone.
    await page.getByRole('button', { name: 'Start', exact: true }).click();
  }
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  for (const { page } of [left, right]) {
    expect(await page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(400);
  }
});

test('a page in Arabic runs from right to left, and messages arrive', async () => {
  const [alice, bob] = await Promise.all([startWeb('ليلى'), startWeb('Bob')]);
  const right = await openScreen(chromium, bob.link);
  const { page, complaints } = await openScreen(chromium, alice.link, { locale: 'ar' });
  const words = (key: MessageKey) => arabic.messages[key] ?? key;
  await page
    .getByRole('textbox', { name: words('connect.label') })
    .fill(await ownAddress(right.page));
  await page.getByRole('button', { name: words('connect.button'), exact: true }).click();
  expect(await page.locator(':root').getAttribute('dir')).toBe('rtl');
  const field = page.getByRole('textbox', { name: words('composer.label'), exact: true });
  await field.fill('مرحبا يا بوب');
  await field.press('Enter');
  await open(right.page, 'ليلى');
  await hear(right.page, 'مرحبا يا بوب');
  await page
    .getByText(words('delivery.delivered'), { exact: true })
    .or(page.getByText(words('delivery.read'), { exact: true }))
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});
