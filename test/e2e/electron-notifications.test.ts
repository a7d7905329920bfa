import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../support/basics/free-port.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';
import { chooseNotices, lookAt } from './journeys/desktop.ts';
import { firstChat, hear, type Person, say } from './journeys/first-chat.ts';

// Notifications of the desktop app: the built app, its windows in real Chromium, on the stand-in.

/** A conversation that has just notified pauses for a moment; and the machine may be busy. */

describe('notifications of the desktop app', () => {
  let appData: string;
  let aliceApp: StandInApp;
  let bobApp: StandInApp;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    appData = await mkdtemp(join(tmpdir(), 'parley-notices-'));
    const start = async (name: string) => {
      const port = String(await freePort());
      const args = ['--profile', name.toLowerCase(), '--name', name, '--port', port];
      return launchStandIn({ appData, args });
    };
    aliceApp = await start('Alice');
    bobApp = await start('Bob');
    alice = { name: 'Alice', page: await aliceApp.firstWindow() };
    bob = { name: 'Bob', page: await bobApp.firstWindow() };
    await firstChat(alice, bob);
  });
  afterAll(async () => {
    await Promise.all([aliceApp, bobApp].map((copy) => copy?.kill()));
    await rm(appData, { recursive: true, force: true });
  });

  const shown = () => aliceApp.notifications.map(({ title, body }) => [title, body]);
  const badge = () => aliceApp.reports.findLast((it) => it.type === 'badge')?.count ?? 0;

  test('show sender and text by default', async () => {
    await lookAt(alice.page, false);
    await say(bob.page, 'Are you there?');
    await expect.poll(shown).toEqual([['Bob', 'Are you there?']]);
    await expect.poll(badge).toBe(1);
  });

  test('are replaced by the next message, without another sound', async () => {
    await say(bob.page, 'Hello?');
    await expect.poll(shown).toEqual([['Bob (2 new messages)', 'Hello?']]);
    expect(aliceApp.notifications[0]?.silent).toBe(true);
  });

  test('are also replaced once the system has moved them to its list', async () => {
    const [moved] = aliceApp.notifications;
    aliceApp.order({ type: 'time-out-notification', id: moved?.id ?? 0 });
    await say(bob.page, 'Still there?');
    await expect.poll(shown).toEqual([['Bob (3 new messages)', 'Still there?']]);
    expect(aliceApp.notifications[0]?.silent).toBe(true);
    aliceApp.order({ type: 'time-out-notification', id: aliceApp.notifications[0]?.id ?? 0 });
  });

  test('show the window and the conversation when clicked, and disappear when read', async () => {
    await alice.page.keyboard.press('Escape');
    aliceApp.order({ type: 'minimize-windows' });
    const before = aliceApp.reports.filter((it) => it.type === 'window-focused').length;
    const [notice] = aliceApp.notifications;
    aliceApp.order({ type: 'click-notification', id: notice?.id ?? 0 });
    await hear(alice.page, 'Are you there?');
    const focused = () => aliceApp.reports.filter((it) => it.type === 'window-focused').length;
    await expect.poll(focused).toBe(before + 1);
    await lookAt(alice.page, true);
    await expect.poll(badge).toBe(0);
    expect(shown()).toEqual([]);
  });

  test.each([
    ['Name only', 'who wrote, but not what', ['Bob', 'New message']],
    ['Neither name nor message', 'only say that there is', ['Parley', 'New message']],
    ['Name and message', 'who wrote, and what', ['Bob', 'For Name and message']],
  ])('obey the choice "%s"', async (choice, said, expected) => {
    await chooseNotices(alice.page, choice, said);
    await lookAt(alice.page, false);
    await say(bob.page, `For ${choice}`);
    await expect.poll(shown).toEqual([expected]);
    await lookAt(alice.page, true);
    await expect.poll(shown).toEqual([]);
  });

  test('combine several messages into one', async () => {
    await lookAt(alice.page, false);
    for (const text of ['One', 'Two', 'Three']) await say(bob.page, text);
    await expect.poll(shown).toEqual([['Bob (3 new messages)', 'Three']]);
  });

  test('are withdrawn when the page reloads, as no page could do it later', async () => {
    const reloaded = alice.page.waitForEvent('load');
    aliceApp.order({ type: 'reload-windows' });
    await reloaded;
    await expect.poll(shown).toEqual([]);
    await lookAt(alice.page, true);
  });

  test('show in the settings that the system refuses them, until it no longer does', async () => {
    const { page } = alice;
    const refused = page.getByText('Your system doesn’t let Parley show notifications', {
      exact: false,
    });
    aliceApp.order({ type: 'allow-notifications', allow: false });
    await lookAt(page, false);
    await say(bob.page, 'Into the wall');
    await aliceApp.reported('notification-refused');
    await lookAt(page, true);
    await page.getByRole('button', { name: 'Settings' }).click();
    await refused.waitFor();
    aliceApp.order({ type: 'allow-notifications', allow: true });
    await page.getByRole('radio', { name: 'Name only' }).check();
    await aliceApp.reported('notification-shown', ({ title }) => title === 'Parley');
    await refused.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await chooseNotices(page, 'Name and message', 'who wrote, and what');
  });

  test('are not shown when turned off', async () => {
    const choice = 'No notifications';
    await chooseNotices(alice.page, choice, 'Notifications are off');
    await lookAt(alice.page, false);
    await say(bob.page, 'Into the silence');
    await expect.poll(badge).toBeGreaterThan(0);
    expect(shown().filter(([title]) => title !== 'Parley')).toEqual([]);
  });

  test('are withdrawn when the app quits', async () => {
    await lookAt(alice.page, true);
    await chooseNotices(alice.page, 'Name and message', 'who wrote, and what');
    await lookAt(alice.page, false);
    await say(bob.page, 'Before you go');
    await expect.poll(() => shown().length).toBe(1);
    expect(await aliceApp.quit()).toBe(0);
    expect(shown()).toEqual([]);
    expect(await bobApp.quit()).toBe(0);
    const all = [aliceApp, bobApp].flatMap((copy) => copy.reports);
    expect(all.filter(({ type }) => type === 'page-error')).toEqual([]);
    expect([aliceApp.output, bobApp.output]).toEqual(['', '']);
  });
});
