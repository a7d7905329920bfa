import { expect, test } from 'vitest';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, with a fake desktop app around it.

const open = setStage();

test('the desktop app’s settings hold at once, and are not there in a browser', async () => {
  const { page } = await open('desktop');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('heading', { name: 'Desktop app' }).waitFor();
  const tray = dialog.getByRole('switch', { name: 'Keep running when the window is closed' });
  await expect.poll(() => tray.isChecked()).toBe(false);
  await tray.click();
  await dialog.getByText('Saved.', { exact: true }).waitFor();
  await expect.poll(() => tray.isChecked()).toBe(true);
  await dialog.getByRole('switch', { name: 'Start when you log in' }).click();
  const settings = await page.evaluate(() => (globalThis as InPage).fakeDesktop.state.settings);
  expect(settings).toMatchObject({ closeToTray: true, startAtLogin: true });
  await dialog.getByText('Your private key is protected by this system’s keychain.').waitFor();
  await dialog.getByRole('button', { name: 'Show the log' }).click();
  await expect
    .poll(() => page.evaluate(() => (globalThis as InPage).fakeDesktop.asked))
    .toEqual(['log']);
});

test('the desktop app’s settings say where its system may stand in the way', async () => {
  const { page } = await open('desktop');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByText('Windows’ firewall asks about Parley again').waitFor();
  await page.evaluate(() =>
    (globalThis as InPage).fakeDesktop.show({ system: 'mac', loginItemWaits: true }),
  );
  await dialog.getByText('Privacy & Security › Local Network').waitFor();
  await dialog.getByText('General › Login Items').waitFor();
  await expect.poll(() => dialog.getByText('firewall').count()).toBe(0);
});

test('a browser has no settings of a desktop app', async () => {
  const { page } = await open('busy');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('heading', { name: 'Appearance' }).waitFor();
  await expect.poll(() => dialog.getByRole('heading', { name: 'Desktop app' }).count()).toBe(0);
});

test('a new version is told of, and taken over only when the user says so', async () => {
  const { page } = await open('desktop');
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByText('This is the newest version, as far as Parley knows.').waitFor();
  await dialog.getByRole('button', { name: 'Look now' }).click();
  await dialog.getByText('Looking for a new version…').waitFor();
  await page.evaluate(() =>
    (globalThis as InPage).fakeDesktop.show({ update: { phase: 'ready', version: '0.2.0' } }),
  );
  await dialog.getByText('Version 0.2.0 is ready.').waitFor();
  const asked = () => page.evaluate(() => (globalThis as InPage).fakeDesktop.asked);
  await expect.poll(() => asked()).toEqual(['check']);
  await dialog.getByRole('button', { name: 'Restart now' }).click();
  await expect.poll(() => asked()).toEqual(['check', 'install']);
});

test('menus and tray speak the language of the page', async () => {
  const { page } = await open('desktop');
  const quit = () => page.evaluate(() => (globalThis as InPage).fakeDesktop.texts?.quit);
  await expect.poll(quit).toBe('Quit Parley');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await expect.poll(quit).toBe('Parley beenden');
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('ar');
  await expect.poll(quit).toBe('إنهاء Parley');
  await page.getByRole('combobox').last().selectOption('en');
  await expect.poll(quit).toBe('Quit Parley');
});

test('a link that was opened fills in the address and calls nobody', async () => {
  const { page } = await open('desktop');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await page.evaluate(() =>
    (globalThis as InPage).fakeDesktop.perform({
      type: 'connect',
      address: 'parley://10.0.0.7:8080',
    }),
  );
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  await expect.poll(() => field.inputValue()).toBe('parley://10.0.0.7:8080');
  await page.locator('input:focus').and(field).waitFor();
  const calls = await page.evaluate(() =>
    (globalThis as InPage).fakeCore.calls.map(({ name }) => name),
  );
  expect(calls).not.toContain('connect');
});
