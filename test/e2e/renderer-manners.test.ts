import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { calls, seen } from '../support/renderer-harness/looks.ts';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what people expect of any chat without being
// told.

const open = setStage();

/** Sends the page what a hand with a file, or with text, does. Whether the page took it over. */
const handOver = (
  page: Page,
  event: 'dragover' | 'drop' | 'paste',
  held: { readonly file?: string; readonly text?: string },
  onto = 'body',
) =>
  page.evaluate<boolean>(`(() => {
    const data = new DataTransfer();
    const { file, text } = ${JSON.stringify(held)};
    if (file) data.items.add(new File(['x'], file));
    if (text) data.setData('text/plain', text);
    const about = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
    const made = ${event === 'paste'} ? new ClipboardEvent('paste', about) : new DragEvent('${event}', about);
    return !document.querySelector(${JSON.stringify(onto)}).dispatchEvent(made);
  })()`);

const NO_FILES = 'Parley sends text only, so far. Files can’t be sent.';

test('a dropped file opens nothing, and the reason is shown', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  for (const onto of ['body', '.log', '.composer textarea', '.search-box input']) {
    expect(await handOver(page, 'dragover', { file: 'drop.txt' }, onto)).toBe(true);
    expect(await handOver(page, 'drop', { file: 'drop.txt' }, onto)).toBe(true);
    await page.getByRole('status').getByText(NO_FILES).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
  }
});

test('a pasted picture is refused with a message, and text beside it is inserted', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  expect(await handOver(page, 'paste', { file: 'shot.png', text: 'a table' })).toBe(false);
  await expect.poll(() => page.getByText(NO_FILES).count()).toBe(0);
  expect(await handOver(page, 'paste', { file: 'shot.png' }, '.composer textarea')).toBe(true);
  await page.getByRole('status').getByText(NO_FILES).waitFor();
});

test('text can be dropped into text fields, and nowhere else', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  const link = { text: 'https://example.org/' };
  expect(await handOver(page, 'drop', link, '.log')).toBe(true);
  expect(await handOver(page, 'drop', link, '.composer textarea')).toBe(false);
});

test('the line above unread messages disappears after an answer', async () => {
  const { page, log, message, choose } = await open('busy');
  await choose('weather-station');
  await log.getByText('New messages').waitFor();
  await message.fill('an answer');
  await message.press('Enter');
  await seen(page, 'an answer');
  await log.getByText('New messages').waitFor({ state: 'detached' });
});

test('a right click on a conversation opens its menu, and Escape closes only that', async () => {
  const { page, choose, conversations } = await open('busy');
  await choose('Bob');
  const row = conversations.getByRole('button', { name: /^weather-station/ });
  await row.click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Actions for weather-station' });
  await expect
    .poll(() => menu.getByRole('menuitem').allTextContents())
    .toEqual([
      'Open',
      'Pin to the top',
      'Mute',
      'Mark as read',
      'Contact details',
      'Block',
      'Forget contact…',
    ]);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();

  await row.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Mark as read' }).click();
  await expect
    .poll(() => calls(page, 'markRead'))
    .toContainEqual(expect.objectContaining({ contactId: idOf(4) }));
  await row.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Contact details' }).click();
  await page.getByRole('dialog').getByText('weather-station').first().waitFor();
  await page.keyboard.press('Escape');
  await row.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Forget contact…' }).click();
  const sure = page.getByRole('dialog', { name: 'Forget weather-station?' });
  await sure.getByRole('button', { name: 'Forget and delete' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
});

test('Escape leaves a conversation only while its draft is empty', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await page.keyboard.type('half a thought');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await expect.poll(() => message.inputValue()).toBe('half a thought');
  await message.fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Choose a conversation' }).waitFor();
});

test('a reloaded page shows the conversation that was open', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Carol');
  await page.reload();
  await page.getByRole('heading', { name: 'Carol Østergård', level: 1 }).waitFor();
  await expect.poll(() => message.evaluate((it) => it.matches(':focus'))).toBe(true);
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('heading', { name: 'Choose a conversation' }).waitFor();
});

test('typing anywhere in a conversation goes into the message', async () => {
  const { page, message, choose, conversations, log } = await open('busy');
  await choose('Bob');
  await log.getByRole('article').last().focus();
  await page.keyboard.type('ok then');
  await expect.poll(() => message.inputValue()).toBe('ok then');
  // The row of the conversation that is open leads back to it.
  await conversations.getByRole('button', { name: /^Bob/ }).click();
  await expect.poll(() => message.evaluate((it) => it.matches(':focus'))).toBe(true);
  // Fields of their own keep their keys.
  await page.getByRole('textbox', { name: 'Search', exact: true }).focus();
  await page.keyboard.type('x');
  await expect.poll(() => message.inputValue()).toBe('ok then');
});

test('the first field has the focus with its value selected, and none is required', async () => {
  const { page } = await open('empty-local');
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.waitFor();
  await page.keyboard.type('Ada');
  await expect.poll(() => name.inputValue()).toBe('Ada');
  // Whoever knows what they want goes past it: nothing waits for the answers.
  await page.getByRole('textbox', { name: 'Friend’s address' }).fill('192.168.1.40:8080');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
});

test('the questions of the first run stay when a message arrives, until a conversation is opened', async () => {
  const { page, conversations } = await open('empty-local');
  const name = page.getByRole('textbox', { name: 'Your name' });
  await name.fill('Ad');
  await page.evaluate(() => (globalThis as InPage).fakeCore.request('Dmitri', 'Hello there'));
  await conversations.getByRole('button', { name: 'Dmitri' }).waitFor();
  await name.press('End');
  await page.keyboard.type('a');
  await expect.poll(() => name.inputValue()).toBe('Ada');
  await conversations.getByRole('button', { name: 'Dmitri' }).click();
  await name.waitFor({ state: 'detached' });
});

test('search hits are highlighted in the messages until the search is closed', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  const marked = () =>
    page.evaluate<readonly string[]>(
      `['found', 'found-here'].map((it) => [...(CSS.highlights.get(it) ?? [])].map(String).join('|'))`,
    );
  await page.keyboard.press('Control+f');
  await page.keyboard.type('the');
  await expect.poll(marked).toEqual([expect.stringMatching(/^the(\|the)+$/i), 'the']);
  await page.keyboard.press('Escape');
  await expect.poll(marked).toEqual(['', '']);
  await page.locator('[data-found="true"]').waitFor({ state: 'detached' });
});

test('Enter before the results arrive is applied to the results', async () => {
  const { page, choose } = await open('long');
  await choose('Bob');
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('search'));
  await page.keyboard.press('Control+f');
  await page.keyboard.type('number 77');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await calls(page, 'search')).length).toBe(1);
  await page.evaluate(() => (globalThis as InPage).fakeCore.release('search'));
  await page.getByText('3 of 4').waitFor();
  await seen(page, 'Message number 177');
});

test('Enter in the global search opens the first message found, once it arrives', async () => {
  const { page } = await open('busy');
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('search'));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('second chapter');
  await page.keyboard.press('Enter');
  await page.evaluate(() => (globalThis as InPage).fakeCore.release('search'));
  await page.getByRole('heading', { name: 'Carol Østergård', level: 1 }).waitFor();
  await seen(page, 'Is the second chapter');
});

test('an answer to a search that comes late opens nothing once the user has gone elsewhere', async () => {
  const { page, choose } = await open('busy');
  await choose('Bob');
  const hold = () => page.evaluate(() => (globalThis as InPage).fakeCore.hold('search'));
  const answered = async (count: number) => {
    await expect.poll(async () => (await calls(page, 'search')).length).toBe(count);
    await page.evaluate(() => (globalThis as InPage).fakeCore.release('search'));
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
  };
  const stays = (name: string) =>
    expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain(name);
  await hold();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('port');
  await expect.poll(async () => (await calls(page, 'search')).length).toBe(1);
  await choose('weather-station');
  await answered(1);
  await stays('weather-station');
  await hold();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('second chapter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+ArrowDown');
  await stays('Noor');
  await answered(2);
  await stays('Noor');
});

test('a row has an accessible name with name, count, message and time, under a heading', async () => {
  const { page, conversations } = await open('busy');
  await conversations.getByRole('heading', { name: 'Conversations', level: 2 }).waitFor();
  const row = conversations.getByRole('button', { name: /^weather-station/ });
  await conversations
    .getByRole('button', {
      name: /^weather-station Unverified, not encrypted 3 unread messages Battery at 19 % (?:\d\d:\d\d|Yesterday) Online$/,
    })
    .waitFor();
  await expect.poll(() => row.textContent()).toContain('192.168.1.34');
  await page.getByRole('heading', { name: 'Requests', level: 2 }).waitFor();
});

test('the time of every message can be shown by pointer and by keyboard', async () => {
  const { page, choose, log } = await open('busy');
  await choose('Bob');
  // Two in a row: only the last has its time below it.
  const inner = log.getByRole('article').filter({ hasText: 'That is normal' });
  const time = inner.locator('footer');
  const visible = () => time.evaluate((it) => it.getBoundingClientRect().width > 10);
  await expect.poll(() => visible()).toBe(false);
  await inner.hover();
  await expect.poll(() => visible()).toBe(true);
  await page.mouse.move(0, 0);
  await log.getByRole('article').last().focus();
  await expect.poll(() => visible()).toBe(false);
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('ArrowUp');
  await expect.poll(visible).toBe(true);
  // And the ring of the focus is around the message itself.
  const ring = `(() => {
    const focused = document.activeElement;
    return [focused, focused.querySelector('.bubble')].map((it) => getComputedStyle(it).outlineStyle);
  })()`;
  await expect.poll(() => page.evaluate(ring)).toEqual(['none', 'solid']);
});

test('rows of the list have one height, and previews use all the space', async () => {
  const { page } = await open('busy');
  await page.locator('.conversation-item').first().waitFor();
  const boxes = await page
    .locator('.conversation-item')
    .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
  expect(new Set(boxes).size).toBe(1);
  const right = (selector: string) =>
    page
      .locator('.conversation-item')
      .filter({ hasText: 'Bob' })
      .locator(selector)
      .evaluate((it) => {
        return it.getBoundingClientRect().right;
      });
  await expect.poll(() => right('.item-preview')).toBe(await right('.item-time'));
});
