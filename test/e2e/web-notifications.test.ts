import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectChromium } from '../support/browser/shared-chromium.ts';
import { LINK, openScreen, startWeb, type WebPeer } from '../support/browser/web-screen.ts';
import { chooseNotices, clickNotice, giveDesktop, lookAt, noticesOf } from './journeys/desktop.ts';
import { connectTo, firstChat, messagesOf, ownAddress, say } from './journeys/first-chat.ts';

// Notifications in the browser host: real peers, a real page; only the desktop is played.

/** A conversation that has just notified pauses for a moment; and the machine may be busy. */

let chromium: Browser;

beforeAll(async () => {
  chromium = await connectChromium();
});
afterAll(() => chromium.close());

/** Another one-time link of a running copy. */
async function anotherLink({ process }: WebPeer): Promise<string> {
  const links = () => process.lines.filter((it) => LINK.test(it));
  const before = links().length;
  process.type('');
  await expect.poll(() => links().length).toBe(before + 1);
  return links().at(-1)?.trim() ?? '';
}

async function chatting({ allowed = true } = {}) {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const context = await chromium.newContext({ locale: 'en-GB' });
  if (allowed) {
    await context.grantPermissions(['notifications'], { origin: new URL(alice.link).origin });
  }
  await giveDesktop(context);
  const left = await openScreen(chromium, alice.link, { context });
  const right = await openScreen(chromium, bob.link);
  await firstChat({ name: 'Alice', page: left.page }, { name: 'Bob', page: right.page });
  return { alice, context, left, right };
}

const LEVELS = [
  ['Name and message', 'who wrote, and what', { title: 'Bob', body: 'Message 0' }],
  ['Name only', 'who wrote, but not what', { title: 'Bob', body: 'New message' }],
  ['Neither name nor message', 'only say that there is', { title: 'Parley', body: 'New message' }],
  ['No notifications', 'Notifications are off', null],
] as const;

test('each choice shows exactly its parts; a click opens the conversation, reading withdraws it', async () => {
  const { left, right } = await chatting();
  const { page } = left;
  for (const [index, [choice, said, shown]] of LEVELS.entries()) {
    await lookAt(page, true);
    await chooseNotices(page, choice, said);
    await page.keyboard.press('Escape');
    await page.getByText('Friend’s address').first().waitFor();
    await lookAt(page, false);
    await say(right.page, `Message ${index}`);
    if (shown === null) {
      await expect.poll(() => page.title()).toBe('(1) Parley');
      await expect.poll(() => noticesOf(page)).toEqual([]);
      continue;
    }
    await expect.poll(() => noticesOf(page)).toEqual([shown]);
    await clickNotice(page);
    await lookAt(page, true);
    await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe('Parley');
  }
  expect(left.complaints).toEqual([]);
});

test('messages read in another window are withdrawn, and not shown while that is in use', async () => {
  const { alice, context, left, right } = await chatting();
  await chooseNotices(left.page, 'Name and message', 'who wrote, and what');
  await lookAt(left.page, false);
  await say(right.page, 'First');
  await expect.poll(() => noticesOf(left.page)).toHaveLength(1);
  const second = await openScreen(chromium, await anotherLink(alice), { context });
  await second.page.getByRole('navigation').getByRole('button', { name: 'Bob' }).click();
  await messagesOf(second.page).getByText('First').waitFor();
  await expect.poll(() => noticesOf(left.page)).toEqual([]);
  await say(right.page, 'Second');
  await messagesOf(second.page).getByText('Second').waitFor();
  await expect.poll(() => left.page.title()).toBe('Parley');
  await expect.poll(() => noticesOf(left.page)).toEqual([]);
});

test('a muted conversation gives no notification and no badge', async () => {
  const { left, right } = await chatting();
  const { page } = left;
  await chooseNotices(page, 'Name and message', 'who wrote, and what');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Mute' }).click();
  await page.getByRole('navigation').getByText('Muted').waitFor();
  await lookAt(page, false);
  await say(right.page, 'Quietly');
  const entry = page.getByRole('navigation').getByRole('button', { name: 'Bob' });
  await entry.getByText('1 unread message').waitFor();
  await expect.poll(() => noticesOf(page)).toEqual([]);
  await expect.poll(() => page.title()).toBe('Parley');
  const paper = (of: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${of}')).backgroundColor`);
  await expect.poll(() => entry.getAttribute('data-unread')).toBe('false');
  await expect.poll(() => paper('.badge')).not.toBe(await paper('.button-primary'));
});

test('requests give no notification', async () => {
  const [alice, bob] = await Promise.all([startWeb('Alice'), startWeb('Bob')]);
  const context = await chromium.newContext({ locale: 'en-GB' });
  await context.grantPermissions(['notifications'], { origin: new URL(alice.link).origin });
  await giveDesktop(context);
  const { page } = await openScreen(chromium, alice.link, { context });
  const right = await openScreen(chromium, bob.link);
  const address = await ownAddress(page);
  await chooseNotices(page, 'Name and message', 'who wrote, and what');
  await lookAt(page, false);
  await connectTo(right.page, address);
  await say(right.page, 'Hello stranger');
  await page.getByRole('heading', { name: 'Requests' }).waitFor();
  await expect.poll(() => page.title()).toBe('(1) Parley');
  await expect.poll(() => noticesOf(page)).toEqual([]);
});

test('a browser that denies notifications is explained with a next step, and none is shown', async () => {
  const { left, right } = await chatting({ allowed: false });
  const { page } = left;
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const group = settings.getByRole('group', { name: 'What notifications show' });
  await expect
    .poll(() => group.getByRole('radio', { name: 'No notifications' }).isChecked())
    .toBe(true);
  await group.getByRole('radio', { name: 'Name only' }).click();
  await settings
    .getByRole('alert')
    .getByText(/Choose again to be asked|does not let this page/)
    .waitFor();
  await expect
    .poll(() => group.getByRole('radio', { name: 'No notifications' }).isChecked())
    .toBe(true);
  await page.keyboard.press('Escape');
  await lookAt(page, false);
  await say(right.page, 'Are you there?');
  await expect.poll(() => page.title()).toBe('(1) Parley');
  await expect.poll(() => noticesOf(page)).toEqual([]);
});
