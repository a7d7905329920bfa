import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desktop, expectNoComplaints } from '../support/electron-stand-in/desktop-app.ts';

// What desktops do differently from one another: the built app on a stand-in that behaves so.

const SILENT = 'The keychain of this computer does not answer';
const LARGE = { x: 0, y: 0, width: 1920, height: 1080 };

test('the window is shown on Wayland, which does not paint a window before that', async () => {
  const alice = await desktop();
  const app = alice.start({ wayland: true });
  await app.reported('window-shown');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app);
});

test('one click on the tray shows the window of an app started hidden, on Wayland', async () => {
  const alice = await desktop();
  const app = alice.start({ wayland: true, args: ['--hidden'] });
  await app.reported('page-loaded');
  await app.reported('tray', ({ tray }) => (tray?.menu.length ?? 0) > 0);
  expect(app.isShown).toBe(false);
  app.order({ type: 'click-tray' });
  await app.reported('window-shown');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app);
});

test('the window returns maximised and in place on Wayland, where hiding resets its state', async () => {
  const alice = await desktop();
  const place = { x: 200, y: 120, width: 900, height: 700 };
  const displays = [LARGE];
  const app = alice.start({ wayland: true, displays });
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  await page.evaluate(`parley.call('desktop', 'updateDesktop', { closeToTray: true })`);
  await expect.poll(() => app.tray).not.toBeNull();
  app.order({ type: 'place-windows', bounds: place });
  app.order({ type: 'maximize-windows' });
  app.order({ type: 'close-windows' });
  await app.reported('window-hidden');
  app.order({ type: 'click-tray' });
  await expect.poll(() => app.isShown).toBe(true);
  app.order({ type: 'close-windows' });
  await expect.poll(() => app.isShown).toBe(false);
  // From the tray: what the window says of itself now is not where it was.
  expect(await app.quit()).toBe(0);

  const again = alice.start({ wayland: true, displays });
  expect(await again.reported('window-shown')).toMatchObject({ bounds: place, state: 'maximized' });
  expect(await again.quit()).toBe(0);
  expectNoComplaints(app, again);
});

test('a keychain that does not answer is reported, blocks no second launch, and no new identity is created', async () => {
  const alice = await desktop();
  const app = alice.start({ keychain: 'locked' });
  await app.reported('ready');
  // Whoever starts it once more, because nothing is seen, is told at once.
  const again = alice.start({ keychain: 'locked' });
  expect(await again.exited).toBe(0);
  const { buttons } = await app.reported('question', ({ message }) => message === SILENT);
  expect(buttons).toEqual(['Try again', 'Keep waiting', 'Quit Parley']);
  const made = await readdir(join(alice.appData, 'Parley/profiles/default'));
  expect(made).not.toContain('peer');

  app.order({ type: 'unlock-keychain' });
  await app.reported('question-closed');
  await app.reported('window-shown');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app, again);
});

test.each([
  [0, true],
  [2, false],
])('the user can give up on the keychain (button %i)', async (button, again) => {
  const alice = await desktop();
  const app = alice.start({ keychain: 'locked' });
  await app.reported('ready');
  await alice.start().exited;
  await app.reported('question', ({ message }) => message === SILENT);
  app.order({ type: 'answer-question', button });
  expect(await app.exited).toBe(0);
  expect(app.reports.some(({ type }) => type === 'relaunch')).toBe(again);
  expectNoComplaints(app);
});

test('a slow keychain is reported after a while', async () => {
  const alice = await desktop();
  const app = alice.start({ keychain: 'locked' });
  const { message } = await app.reported('question');
  expect(message).toBe('Parley is waiting for this computer’s keychain');
  app.order({ type: 'unlock-keychain' });
  await app.reported('window-shown');
  expect(await app.quit()).toBe(0);
  expectNoComplaints(app);
});

// Windows ends apps without asking them to quit. What follows is no crash: nothing is searched for damage.
test('the end of the session leaves the history closed and intact', async () => {
  const alice = await desktop();
  const app = alice.start();
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Settings' }).waitFor();
  const folder = join(alice.appData, 'Parley/profiles/default/peer');
  expect(await readdir(folder)).toContain('history.db-wal');
  app.order({ type: 'end-session' });
  expect(await app.exited).toBeNull();
  const left = await readdir(folder);
  expect(left).toContain('history.db');
  expect(left.filter((it) => it.startsWith('history.db-'))).toEqual([]);

  const again = alice.start();
  await again.reported('window-shown');
  expect(await again.quit()).toBe(0);
  expectNoComplaints(app, again);
});
