import { expect, test } from 'vitest';
import { problem } from '../../src/shared/problems/problem.ts';
import { calls, focused, seen } from '../support/renderer-harness/looks.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: finding people, messages, drafts and the place where one was.

const open = setStage();

test('unread messages are marked when a conversation is opened, and read at its end', async () => {
  const { page, log, choose } = await open('unread');
  await choose('Bob');
  const line = log.getByText('New messages');
  await line.waitFor();
  await seen(page, 'Message number 341');
  await expect.poll(() => calls(page, 'markRead')).toEqual([]);
  await page.getByRole('button', { name: '40 new messages' }).click();
  await log.getByText('Message number 400').waitFor();
  await expect.poll(async () => (await calls(page, 'markRead')).length).toBeGreaterThan(0);
  await page.getByRole('button', { name: '40 new messages' }).waitFor({ state: 'detached' });
});

test('one search field finds contacts and messages, and a hit is shown in context', async () => {
  const { page, log, message } = await open('busy');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('weath');
  const results = page.getByRole('region', { name: 'Search results' });
  await results
    .getByRole('button', { name: /weather-station/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'weather-station', level: 1 }).waitFor();
  await message.waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('chapter');
  await results.getByRole('button', { name: /second chapter/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Carol' }).waitFor();
  await seen(page, 'Is the second chapter');
  await focused(page, 'second chapter');
  await log.getByText('I have time until five.').waitFor();
});

test('Arrow Down before the answer leads to what is found, not to what is listed still', async () => {
  const { page, log } = await open('busy');
  const field = page.getByRole('textbox', { name: 'Search' });
  const results = page.getByRole('region', { name: 'Search results' });
  await field.fill('the');
  await results.getByRole('button', { name: /sensor board/ }).waitFor();
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('search'));
  await field.press('End');
  await field.pressSequentially(' second');
  await field.press('ArrowDown');
  await page.evaluate(() => (globalThis as InPage).fakeCore.release('search'));
  await results.getByRole('button', { name: /sensor board/ }).waitFor({ state: 'detached' });
  await focused(page, 'second chapter');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Carol' }).waitFor();
  await log.getByText('Is the second chapter').waitFor();
});

test('a search without hits, or that fails, says so and offers a next step', async () => {
  const { page } = await open('busy');
  const field = page.getByRole('textbox', { name: 'Search' });
  await field.fill('zzzz');
  await page.getByText('Nothing found for “zzzz”').waitFor();
  await page.evaluate(
    (failure) => (globalThis as InPage).fakeCore.fail('search', failure),
    problem('storage', { reason: 'the disk is gone' }),
  );
  await field.fill('sensor');
  await page.getByRole('alert').getByText('the disk is gone').waitFor();
  await page.evaluate(() => (globalThis as InPage).fakeCore.fail('search', null));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: /Did the sensor board arrive/ }).waitFor();
  await field.press('Escape');
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
});

test('in a conversation the search steps from hit to hit, far back and forward', async () => {
  const { page, log, message, choose } = await open('long');
  await choose('Bob');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 7');
  await page.getByText('1 of more than 50').waitFor();
  await page.getByRole('textbox', { name: 'Search in this conversation' }).fill('number 77');
  await page.getByText('1 of 4').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('4 of 4').waitFor();
  await seen(page, 'Message number 77');
  await log.getByText('Message number 78').waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.getByText('3 of 4').waitFor();
  await seen(page, 'Message number 177');
  await page.keyboard.press('Escape');
  await expect.poll(() => message.evaluate((it) => it.matches(':focus'))).toBe(true);
  await page.getByRole('button', { name: 'Jump to newest' }).click();
  await seen(page, 'Message number 400');
});

test('a draft outlives the page, and goes away once it is sent', async () => {
  const { page, message, choose, conversations } = await open('busy');
  await choose('Carol');
  await message.fill('half a thought');
  await page.reload();
  await page.getByRole('heading', { name: 'Carol Østergård', level: 1 }).waitFor();
  await expect.poll(() => message.inputValue()).toBe('half a thought');
  await choose('Bob');
  await conversations.getByRole('button', { name: 'Draft: half a thought' }).click();
  await message.press('Enter');
  await page.getByRole('log').getByText('half a thought').waitFor();
  await page.reload();
  await conversations.getByRole('button', { name: 'Carol' }).click();
  await expect.poll(() => message.inputValue()).toBe('');
});

test('a message whose page is closed before it was accepted is a draft again', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('send'));
  await message.fill('on its way');
  await message.press('Enter');
  await expect.poll(() => message.inputValue()).toBe('');
  await page.reload();
  await choose('Bob');
  await expect.poll(() => message.inputValue()).toBe('on its way');
});

test('a sent message is scrolled into view from anywhere in the conversation', async () => {
  const { page, log, message, choose } = await open('long');
  await choose('Bob');
  await log.evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  await message.fill('from the middle');
  await message.press('Enter');
  await seen(page, 'from the middle');
  // Also from a part that does not reach up to the newest.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 77');
  await page.getByText('1 of 4').waitFor();
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Enter');
  await seen(page, 'Message number 77');
  await message.fill('from far back');
  await message.press('Enter');
  await seen(page, 'from far back');
});

test('a conversation keeps its scroll position when reopened', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await log.evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  const top = () =>
    page.evaluate(`(() => {
      const edge = document.querySelector('[role="log"]').getBoundingClientRect().top;
      const items = [...document.querySelectorAll('[data-seq]')];
      return items.find((it) => it.getBoundingClientRect().bottom > edge)?.dataset.seq;
    })()`);
  const before = await top();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await log.waitFor({ state: 'detached' });
  await choose('Bob');
  await expect.poll(top).toBe(before);
});
