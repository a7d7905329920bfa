import { expect, test } from 'vitest';
import { problem } from '../../src/shared/problems/problem.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what a person sees and does.

const open = setStage();

test('one can connect, write and see the delivery by keyboard alone', async () => {
  const { page, log, message, sent } = await open('empty');
  await page.getByRole('button', { name: 'Settings' }).focus();
  for (const next of ['Copy address', 'Share my address']) {
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe(next);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type('192.168.1.40:8080');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob' }).waitFor();
  // The focus went to the message field by itself.
  await page.keyboard.type('first line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second line');
  await page.keyboard.press('Enter');
  await log.getByText('Delivered').waitFor();
  await expect.poll(() => sent()).toMatchObject([{ body: 'first line\nsecond line' }]);
  await expect.poll(() => message.inputValue()).toBe('');
});

test('an invalid address is refused with its reason, and stays to be corrected', async () => {
  const { page } = await open('empty');
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  await field.fill('not an address');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('alert').getByText('Type an address such as').waitFor();
  await expect.poll(() => field.inputValue()).toBe('not an address');
});

test('the fault of an address is shown until it is changed or left', async () => {
  const { page } = await open('empty');
  const field = page.getByRole('textbox', { name: 'Friend’s address' });
  const wrong = page.getByRole('alert').getByText('Type an address such as');
  const fail = async () => {
    await field.fill('not an address');
    await field.press('Enter');
    await wrong.waitFor();
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  };
  await fail();
  await field.fill('192.168.1.20');
  await wrong.waitFor({ state: 'detached' });
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('false');
  await fail();
  // It can be clicked, to be copied, and the button is a part of the form.
  await wrong.click();
  await page.getByRole('button', { name: 'Connect' }).focus();
  await expect.poll(() => wrong.count()).toBe(1);
  await page.getByRole('heading', { level: 1 }).first().click();
  await wrong.waitFor({ state: 'detached' });
  await expect.poll(() => field.inputValue()).toBe('not an address');
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('false');
});

test('while connecting, progress is shown in four steps', async () => {
  const { page, choose } = await open('connecting');
  await choose('192.168.1.37');
  const steps = page.getByRole('list', { name: 'Connection progress' }).getByRole('listitem');
  await expect
    .poll(() => steps.allTextContents())
    .toEqual([
      expect.stringContaining('Find done'),
      expect.stringContaining('Reach done'),
      expect.stringContaining('Secure in progress'),
      expect.stringContaining('Recognise to come'),
    ]);
  await page.getByText('Setting up encryption').waitFor();
});

test('an unreachable contact shows the reason and the next retry, and can be retried at once', async () => {
  const { page, choose } = await open('unreachable');
  await choose('192.168.1.37');
  const offline = page.getByRole('region', { name: 'Offline' });
  await offline.getByText('nothing is listening on port 8080').waitFor();
  await offline.getByText('Ask your friend to start Parley there').waitFor();
  await offline.getByText(/Next attempt in \d+ s/).waitFor();
  await offline.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Bob' }).waitFor();
  await offline.waitFor({ state: 'detached' });
});

test('an unverified contact is marked as such, in words', async () => {
  const { page, choose } = await open('busy');
  await choose('weather-station');
  await page.getByText('Nothing proves who answers at this address').waitFor();
});

test('a request can be answered only after it is accepted', async () => {
  const { page, message, choose } = await open('busy');
  await page.getByRole('heading', { name: 'Requests' }).waitFor();
  await choose('Dmitri');
  await page.getByRole('region', { name: 'Dmitri wants to chat with you' }).waitFor();
  await expect.poll(() => message.count()).toBe(0);
  await page.getByRole('button', { name: 'Accept' }).click();
  await message.waitFor();
  await expect.poll(() => page.getByRole('heading', { name: 'Requests' }).count()).toBe(0);
});

test('a failed action is shown with its reason', async () => {
  const { page, choose } = await open('busy');
  await choose('Dmitri');
  await page.evaluate(
    (failure) => (globalThis as InPage).fakeCore.fail('setPolicy', failure),
    problem('storage', { reason: 'the disk is full' }),
  );
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('status').getByText('the disk is full').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByText('the disk is full').waitFor({ state: 'detached' });
});

test('copying our own address is confirmed', async () => {
  const { page } = await open('empty');
  await page.getByRole('button', { name: 'Copy address' }).click();
  await page.getByText('Copied').waitFor();
  await expect
    .poll(() => page.evaluate(() => (globalThis as InPage).fakeCore.copied))
    .toEqual(['192.168.1.20:8080']);
});

test('Escape closes a dialog, and it can be opened again', async () => {
  const { page } = await open('empty');
  for (let round = 0; round < 2; round += 1) {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The focus is back where it was.
    const focused = page.locator(':focus');
    await expect.poll(() => focused.getAttribute('aria-label')).toBe('Settings');
  }
});

test('a narrow window shows either the list or the conversation', async () => {
  const { page, conversations, message, choose } = await open('busy', {
    viewport: { width: 400, height: 700 },
  });
  await choose('Bob');
  await message.waitFor();
  await expect.poll(() => conversations.isVisible()).toBe(false);
  await expect.poll(() => page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(400);
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await conversations.waitFor();
  await expect.poll(() => message.count()).toBe(0);
});

test('when the core stops, the page says so and reconnects', async () => {
  const { page, log, message, choose } = await open('busy');
  await choose('Bob');
  await page.evaluate(() => (globalThis as InPage).fakeCore.setLost(true));
  const banner = page.getByRole('alert').filter({ hasText: 'Parley itself has stopped' });
  await banner.waitFor();
  await message.fill('kept');
  await message.press('Enter');
  await page.getByText('Parley is shutting down').waitFor();
  await expect.poll(() => message.inputValue()).toBe('kept');
  await page.evaluate(() => (globalThis as InPage).fakeCore.setLost(false));
  await banner.getByRole('button', { name: 'Reconnect' }).click();
  await banner.waitFor({ state: 'detached' });
  await message.press('Enter');
  await log.getByText('kept').waitFor();
});
