import { createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { Transport } from '../../src/shared/bridge/bridge.ts';
import type { DesktopSettings } from '../../src/shared/bridge/desktop-bridge.ts';
import type { Report } from '../support/electron-stand-in/control.ts';
import { desktop, expectNoComplaints } from '../support/electron-stand-in/desktop-app.ts';
import type { StandInApp, StandInOptions } from '../support/electron-stand-in/launch.ts';
import { startTcp } from '../support/network/tcp-server.ts';
import { RealPeer } from '../support/peers/real-peer.ts';
import { hear, open } from './journeys/first-chat.ts';

// What stands around the page in the desktop app: the built app, on the stand-in (see README.md),
// with a friend who is a whole peer on real sockets.

const count = (app: StandInApp, type: Report['type']): number =>
  app.reports.filter((it) => it.type === type).length;

/** Changes the desktop app's settings as its page does. */
async function change(page: Page, wanted: Partial<DesktopSettings>): Promise<void> {
  const ok = await page.evaluate(async (input) => {
    const { parley } = globalThis as unknown as { parley: Transport };
    return (await parley.call('desktop', 'updateDesktop', input)).ok;
  }, wanted);
  expect(ok).toBe(true);
}

test('an app that starts hidden can be reached and shows no window until somebody asks for it', async () => {
  const alice = await desktop();
  const app = alice.start({ args: ['--hidden'] });
  await app.reported('window-opened');
  const bob = await RealPeer.start('Bob');
  const contact = await bob.connect(alice.address);
  await bob.send(contact, 'Are you up already?');
  await expect.poll(() => bob.states(contact)).toEqual(['delivered']);
  const { tray } = await app.reported(
    'tray',
    (it) => it.tray?.menu.includes('Quit Parley') ?? false,
  );
  expect(tray?.menu).toEqual(['Show Parley', 'Pause', '', 'Quit Parley']);

  const again = alice.start({ args: ['--hidden'] });
  expect(await again.exited).toBe(0);
  expect(app.isShown).toBe(false);
  const asking = alice.start();
  expect(await asking.exited).toBe(0);
  await app.reported('window-shown');
  const page = await app.firstWindow();
  await open(page, 'Bob');
  await hear(page, 'Are you up already?');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app, again, asking);
});

test('a link fills in the friend’s address and calls nobody until the user does', async () => {
  const friend = await startTcp(createServer((socket) => socket.end()));
  onTestFinished(() => friend.stop());
  const link = `parley://127.0.0.1:${friend.port}`;
  const alice = await desktop();
  const app = alice.start({ args: ['--', 'parley://user@not-an-address'] });
  const page = await app.firstWindow();
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await expect.poll(() => field.inputValue()).toBe('');

  // As Windows and Linux start it, the window in the background and a dialog open.
  app.order({ type: 'minimize-windows' });
  const second = alice.start({ args: ['--', `${link}/?send=now`] });
  expect(await second.exited).toBe(0);
  await expect.poll(() => field.inputValue()).toBe(link);
  await app.reported('window-focused');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => field.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true);

  // As macOS tells of it.
  app.order({ type: 'open-url', url: 'parley://example.org' });
  await expect.poll(() => field.inputValue()).toBe('parley://example.org:8080');
  app.order({ type: 'open-url', url: link });
  await expect.poll(() => field.inputValue()).toBe(link);
  await expect.poll(() => page.getByText('No conversations yet').isVisible()).toBe(true);
  expect(friend.accepted()).toBe(0);

  const called = friend.nextConnection();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await called;
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app, second);
});

test('a link that starts the app waits for its page', async () => {
  const alice = await desktop();
  const app = alice.start({ args: ['parley://example.org'] });
  app.order({ type: 'open-url', url: 'parley://[2001:db8::1]' });
  const page = await app.firstWindow();
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  await expect.poll(() => field.inputValue()).toBe('parley://[2001:db8::1]:8080');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app);
});

test('an app in the tray goes on receiving, shows what came, and can be paused from there', async () => {
  const alice = await desktop();
  const app = alice.start();
  const page = await app.firstWindow();
  const bob = await RealPeer.start('Bob');
  const contact = await bob.connect(alice.address);
  const last = async () => (await bob.states(contact)).at(-1);
  await bob.send(contact, 'Hello');
  await open(page, 'Bob');
  await hear(page, 'Hello');
  await page.keyboard.press('Escape');
  await expect.poll(() => app.tray?.toolTip).toBe('Parley');
  const plain = app.tray?.image;

  await change(page, { closeToTray: true });
  app.order({ type: 'close-windows' });
  await app.reported('window-hidden');
  await app.reported('notification-shown', ({ title }) => title === 'Parley is still running');
  await bob.send(contact, 'While you were away');
  await expect.poll(last).toBe('delivered');
  await expect.poll(() => app.tray?.toolTip).toBe('Parley\nUnread: 1');
  expect(app.tray?.image).not.toBe(plain);
  expect(app.isShown).toBe(false);

  app.order({ type: 'click-tray' });
  await expect.poll(() => app.isShown).toBe(true);
  await open(page, 'Bob');
  await hear(page, 'While you were away');
  await expect.poll(() => app.tray).toMatchObject({ toolTip: 'Parley', image: plain });

  app.order({ type: 'choose-in-tray', label: 'Pause' });
  await expect.poll(async () => (await bob.link(contact)).phase).not.toBe('online');
  await page.getByText('Parley is paused').waitFor();
  await bob.send(contact, 'Are you there?');
  await expect.poll(() => app.tray?.menu).toContain('Resume');
  await expect.poll(() => last()).toBe('queued');
  app.order({ type: 'choose-in-tray', label: 'Resume' });
  await hear(page, 'Are you there?');
  await expect.poll(() => app.tray?.menu).toContain('Pause');

  app.order({ type: 'choose-in-tray', label: 'Pause' });
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => app.tray?.menu).toContain('Pause');
  await page.getByText('Parley is paused').waitFor({ state: 'detached' });

  app.order({ type: 'close-windows' });
  await expect.poll(() => app.isShown).toBe(false);
  expect(count(app, 'notification-shown')).toBe(1);
  app.order({ type: 'choose-in-tray', label: 'Quit Parley' });
  expect(await app.exited).toBe(0);
  expectNoComplaints(app);
});

test('the window comes back where it was, and into view when its display has gone', async () => {
  const alice = await desktop();
  const large = { x: 0, y: 0, width: 1920, height: 1080 };
  const beside = { x: 1920, y: 0, width: 1920, height: 1080 };
  const place = { x: 2000, y: 120, width: 900, height: 700 };
  const shown = async (displays: StandInOptions['displays'] = [large, beside]) => {
    const app = alice.start({ displays });
    const { bounds, state } = await app.reported('window-shown');
    return { app, bounds, state };
  };
  const first = await shown();
  expect(first).toMatchObject({ bounds: { width: 1000, height: 720 }, state: 'normal' });
  first.app.order({ type: 'place-windows', bounds: place });
  first.app.order({ type: 'maximize-windows' });
  expect(await first.app.quit()).toBe(0);

  const second = await shown();
  expect(second).toMatchObject({ bounds: place, state: 'maximized' });
  expect(await second.app.quit()).toBe(0);

  const alone = await shown([large]);
  const { x, y } = alone.bounds;
  expect(x + place.width).toBeLessThanOrEqual(large.width);
  expect(y).toBe(place.y);
  expect(await alone.app.quit()).toBe(0);
  expectNoComplaints(first.app, second.app, alone.app);
});

test('closing quits where the desktop has no tray, and the page says that there is none', async () => {
  const alice = await desktop();
  const app = alice.start({ tray: false });
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  await change(page, { closeToTray: true });
  const state = await page.evaluate(async () => {
    const { parley } = globalThis as unknown as { parley: Transport };
    return parley.call('desktop', 'desktopState', {});
  });
  expect(state).toMatchObject({ value: { closing: 'quits' } });
  app.order({ type: 'close-windows' });
  expect(await app.exited).toBe(0);
  expectNoComplaints(app);
});
