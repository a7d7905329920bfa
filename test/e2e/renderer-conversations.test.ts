import { expect, test } from 'vitest';
import { calls, focused, seen } from '../support/renderer-harness/looks.ts';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what is done in and with conversations.

const open = setStage();
const BOB = idOf(1);

test('a reply quotes its message while writing and in the log, where a click leads to it', async () => {
  const { page, log, message, choose, sent } = await open('long');
  await choose('Bob');
  await log.getByText('Message number 399').click({ button: 'right' });
  await page.getByRole('menu', { name: 'Message actions' }).waitFor();
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await page.getByText('Reply to Bob').waitFor();
  // The focus is in the field, and Escape takes the quote away but not the conversation.
  await page.keyboard.type('which one?');
  await page.keyboard.press('Escape');
  await page.getByText('Reply to Bob').waitFor({ state: 'detached' });
  await expect.poll(() => message.inputValue()).toBe('which one?');
  await log.getByText('Message number 399').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Reply' }).click();
  await page.keyboard.press('Enter');
  const quote = log.getByRole('button', { name: 'Reply to Bob: Message number 399' });
  await quote.waitFor();
  await expect.poll(() => sent()).toMatchObject([{ body: 'which one?', replyTo: idOf(1_399) }]);
  await quote.click();
  await seen(page, 'Message number 399');
  await focused(page, 'Message number 399');
});

test('a reply to a message that is missing here says so', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await page.evaluate(
    ([id, gone, far]) => {
      const core = (globalThis as InPage).fakeCore;
      core.receive(id ?? '', 'to one that is gone', gone);
      core.receive(id ?? '', 'to one far back', far);
    },
    [BOB, idOf(77_777), idOf(1_003)],
  );
  await log.getByText('Original message not available').waitFor();
  // One that is not loaded is looked up, and is one click away.
  await log.getByRole('button', { name: 'Reply to Bob: Message number 3' }).click();
  await seen(page, 'Message number 3');
});

test('a message, its menu, its exact time and its text are reachable by keyboard', async () => {
  const { page, log, message, choose } = await open('busy');
  await choose('Bob');
  await message.focus();
  await page.keyboard.press('Shift+Tab');
  // Past nothing else: the log is one stop, at its newest message.
  await page.keyboard.press('Shift+Tab');
  await expect
    .poll(() => page.evaluate('document.activeElement.closest("article")?.textContent'))
    .toContain('run for a day');
  await log.getByRole('article').last().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await focused(page, 'Which port');
  await page.keyboard.press('Enter');
  await page.getByText(/Sent \w+,? \d+ \w+ \d{4}.*, by their clock/).waitFor();
  await focused(page, 'Reply');
  await page.keyboard.press('ArrowDown');
  await focused(page, 'Copy text');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('The text is copied.').waitFor();
  await expect
    .poll(() => page.evaluate(() => (globalThis as InPage).fakeCore.copied))
    .toEqual(['Which port did you put the reader on?']);
  await focused(page, 'Which port');
  await page.keyboard.press('Home');
  await focused(page, 'sensor board');
});

test('a message is deleted only after confirmation', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Bob');
  const remove = async () => {
    await log.getByText('8090, same machine').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
  };
  await remove();
  const sure = page.getByRole('dialog', { name: 'Delete this message?' });
  await sure.getByText('from this computer only').waitFor();
  await page.keyboard.press('Escape');
  await sure.waitFor({ state: 'detached' });
  await expect.poll(() => calls(page, 'deleteMessage')).toEqual([]);
  await remove();
  await sure.getByRole('button', { name: 'Delete' }).click();
  await log.getByText('8090, same machine').waitFor({ state: 'detached' });
});

test('a link is opened only after its real host was shown and confirmed', async () => {
  const { page, log, choose } = await open('texts');
  await choose('ليلى');
  const opened = () => page.evaluate(() => (globalThis as InPage).fakeCore.opened);
  const pages = page.context().pages().length;
  await log.getByRole('link', { name: 'https://example.org/path' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open this page in your browser?' });
  await dialog.getByText('example.org', { exact: true }).first().waitFor();
  await expect.poll(() => opened()).toEqual([]);
  await page.keyboard.press('Escape');
  await log.getByRole('link', { name: 'https://example.org/path' }).click({ button: 'middle' });
  await dialog.getByRole('button', { name: 'Open in browser' }).click();
  await expect.poll(() => opened()).toEqual(['https://example.org/path']);
  expect(page.context().pages()).toHaveLength(pages);
  expect(page.url()).toMatch(/^http:\/\/127\.0\.0\.1/);
});

test('a link that imitates another site shows its real host, and code is never a link', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Bob');
  const bodies = [
    'https://p\u0430ypal.com/login',
    'javascript:alert(1) JAVASCRIPT://x/%0aalert(1) data:text/html,<b>x</b> file:///etc/passwd',
    'https://bank.example@evil.example/ and https://x.example/\u202Egnp.exe',
  ];
  await page.evaluate(
    ([id, ...texts]) => {
      for (const text of texts) (globalThis as InPage).fakeCore.receive(id ?? '', text ?? '');
    },
    [BOB, ...bodies],
  );
  await log.getByText('file:///etc/passwd').waitFor();
  const hrefs = await log
    .getByRole('link')
    .evaluateAll((all) => all.map((it) => it.getAttribute('href')));
  expect(hrefs.toSorted()).toEqual(['https://xn--pypal-4ve.com/login']);
  await log.getByRole('link').first().click();
  await page.getByText('xn--pypal-4ve.com', { exact: true }).first().waitFor();
  await page.getByText('letters that can look like others').waitFor();
});

test('a conversation is pinned and muted, and stays on top', async () => {
  const { page, choose, conversations } = await open('busy');
  await choose('Noor');
  for (const entry of ['Pin to the top', 'Mute']) {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  }
  const noor = conversations.getByRole('button', { name: /Noor/ });
  await noor.getByText('Pinned').waitFor({ state: 'attached' });
  await noor.getByText('Muted').waitFor({ state: 'attached' });
  const names = await conversations.locator('.item-name bdi').allTextContents();
  expect(names.slice(0, 3)).toEqual(['Dmitri', 'Noor', 'Bob']);
});

test('an emoji is found by name and inserted at the caret', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await message.fill('good morning');
  await message.evaluate((it) => {
    (it as unknown as { setSelectionRange(a: number, b: number): void }).setSelectionRange(4, 4);
  });
  await page.getByRole('button', { name: 'Insert emoji' }).click();
  await page.getByRole('gridcell').first().waitFor();
  await page.getByLabel('Search emoji').fill('avocado');
  await page.getByRole('gridcell', { name: 'avocado', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => message.inputValue()).toBe('good🥑 morning');
  await page.keyboard.type('!');
  await expect.poll(() => message.inputValue()).toBe('good🥑! morning');
});

test('pasted content is inserted as plain text', async () => {
  const { page, message, choose, sent } = await open('busy', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await choose('Bob');
  await page.evaluate(`navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob(['<b>bold</b>'], { type: 'text/html' }),
      'text/plain': new Blob(['plain'], { type: 'text/plain' }),
    }),
  ])`);
  await message.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect.poll(() => message.inputValue()).toBe('plain');
  await message.press('Enter');
  await expect.poll(() => sent()).toMatchObject([{ body: 'plain' }]);
  await expect.poll(() => page.locator('.bubble b').count()).toBe(0);
});

test('everything stays visible on a narrow screen, right to left', async () => {
  const { page, log, message } = await open('texts', {
    locale: 'ar',
    viewport: { width: 400, height: 700 },
  });
  await page.locator('.conversation-item').filter({ hasText: 'ليلى' }).click();
  await log.or(page.getByRole('log')).first().waitFor();
  await expect.poll(() => page.evaluate('document.documentElement.dir')).toBe('rtl');
  expect(
    await page.evaluate(
      'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
    ),
  ).toBe(true);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('line');
  await seen(page, 'line one');
  await page.keyboard.press('Escape');
  await page.locator('search.find').waitFor({ state: 'detached' });
  await page.locator('[data-seq] .message-more').last().click();
  const menu = page.locator('.anchored-menu');
  await menu.waitFor();
  const { x, width } = (await menu.boundingBox()) ?? { x: -1, width: 0 };
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(400);
  await page.keyboard.press('Escape');
  await expect.poll(() => message.count()).toBeLessThanOrEqual(1);
  // An empty field begins where the language does, what is typed where its own words do.
  const field = page.locator('.composer textarea');
  const direction = () =>
    page.evaluate("getComputedStyle(document.querySelector('.composer textarea')).direction");
  await expect.poll(() => direction()).toBe('rtl');
  await field.fill('hello');
  await expect.poll(() => direction()).toBe('ltr');
});
