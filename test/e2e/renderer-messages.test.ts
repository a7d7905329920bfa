import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { problem } from '../../src/shared/problems/problem.ts';
import { idOf } from '../support/renderer-harness/scenarios.ts';
import { type InPage, setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: messages as they are written and shown.

const open = setStage();

/** Lets the page lay out what it has. */
const frames = (page: Page) =>
  page.evaluate(`new Promise((done) => {
    const next = (left) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)));
    next(5);
  })`);
const BOB = idOf(1);

test('markup in names and messages is shown as plain text', async () => {
  const { page, log, choose } = await open('texts');
  await choose('<img src=x');
  const hostile = '<img src=x onerror="document.title=\'owned\'"><script>alert(1)</script>';
  await expect.poll(() => log.locator('.bubble').textContent()).toBe(hostile);
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(hostile);
  await expect.poll(() => page.locator('img, #root script, a, iframe').count()).toBe(0);
  await expect.poll(() => page.title()).not.toBe('owned');
});

test('white space is kept, long words wrap, and right-to-left text is laid out as such', async () => {
  const { log, choose } = await open('texts', { viewport: { width: 400, height: 700 } });
  await choose('ليلى');
  const indented = log.getByText('indented four');
  await indented.waitFor();
  await expect.poll(() => indented.textContent()).toBe('line one\n\n    indented four\n\ttab');
  // Four lines high: the line breaks are kept to the eye as well.
  expect((await indented.boundingBox())?.height).toBeGreaterThan(80);
  // Nothing makes a name end in what it does not end in.
  await log.getByText('evilgnp.exe', { exact: true }).waitFor();
  const arabic = log.getByText('مرحبا');
  await expect.poll(() => arabic.evaluate((it) => it.matches(':dir(rtl)'))).toBe(true);
  await expect.poll(() => log.evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true);
});

test('a message that cannot be stored returns to the field, and is sent under the same id', async () => {
  const { page, log, message, choose, sent } = await open('busy');
  await choose('Bob');
  await page.evaluate(
    (failure) => (globalThis as InPage).fakeCore.fail('send', failure),
    problem('storage', { reason: 'the disk is full' }),
  );
  await message.fill('precious');
  await message.press('Enter');
  await page.getByRole('alert').getByText('the disk is full').waitFor();
  await expect.poll(() => message.inputValue()).toBe('precious');
  await page.evaluate(() => (globalThis as InPage).fakeCore.fail('send', null));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await log.getByText('precious').waitFor();
  const [first, second] = await sent();
  expect(second).toEqual(first);
});

test('Enter that selects a candidate of an input method does not send', async () => {
  const { page, log, message, choose, sent } = await open('busy');
  await choose('Bob');
  await message.focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', {
    text: 'にほん',
    selectionStart: 3,
    selectionEnd: 3,
  });
  await message.evaluate((it) => {
    const { KeyboardEvent } = globalThis as unknown as {
      KeyboardEvent: new (type: string, init: object) => Event;
    };
    const enter = { key: 'Enter', bubbles: true, cancelable: true };
    it.dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
    it.dispatchEvent(new KeyboardEvent('keydown', { ...enter, keyCode: 229 }));
  });
  await expect.poll(() => sent()).toEqual([]);
  await devtools.send('Input.insertText', { text: '日本' });
  await page.keyboard.press('Enter');
  await log.getByText('日本').waitFor();
});

test('a message over the limit is refused before it is sent, and the limit is named', async () => {
  const { page, message, choose, sent } = await open('busy');
  await choose('Bob');
  await message.fill('é'.repeat(33_000));
  await page.getByRole('alert').getByText('the limit is 65,536').waitFor();
  await page.getByText('66,000 of 65,536 bytes').waitFor();
  await message.press('Enter');
  await expect.poll(() => sent()).toEqual([]);
  await message.fill('é'.repeat(30_000));
  await page.getByText('60,000 of 65,536 bytes').waitFor();
  await message.press('Enter');
  await page.waitForFunction(() =>
    (globalThis as InPage).fakeCore.calls.some((it) => it.name === 'send'),
  );
});

test('a draft waits in its conversation', async () => {
  const { page, message, choose } = await open('busy');
  await choose('Bob');
  await message.fill('half a thought');
  await choose('Carol');
  await page.getByRole('heading', { name: 'Carol' }).waitFor();
  await expect.poll(() => message.inputValue()).toBe('');
  await choose('Draft: half a thought');
  await page.getByRole('heading', { name: 'Bob' }).waitFor();
  await expect.poll(() => message.inputValue()).toBe('half a thought');
});

test('every delivery state is shown in words, with the possible actions', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Carol');
  for (const state of ['Read', 'Failed', 'Not confirmed', 'Sending', 'Waiting']) {
    await log.getByText(state, { exact: true }).waitFor();
  }
  const failed = log.getByRole('listitem').filter({ hasText: 'second chapter' });
  await failed.getByText('the disk is full').waitFor();
  await failed.getByRole('button', { name: 'Delete' }).click();
  const sure = page.getByRole('dialog', { name: 'Delete this message?' });
  await sure.getByText('It has not been sent').waitFor();
  await sure.getByRole('button', { name: 'Delete' }).click();
  await failed.waitFor({ state: 'detached' });
  const doubtful = log.getByRole('listitem').filter({ hasText: 'until five' });
  await doubtful.getByRole('button', { name: 'Send again' }).click();
  await doubtful.getByText('Waiting').waitFor();
});

test('a message can be clicked while the log scrolls, as it does when another arrives', async () => {
  const { page, log, choose } = await open('busy');
  await choose('Carol');
  await log.getByRole('button', { name: 'Delete' }).first().waitFor();
  const reached = await page.evaluate(`(async () => {
    const log = document.querySelector('[role="log"]');
    const button = [...log.querySelectorAll('button')].find((it) => it.textContent === 'Delete');
    const scrolled = new Promise((done) => log.addEventListener('scroll', done, { once: true }));
    log.scrollTop -= 1;
    await scrolled;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const { x, y, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === button;
  })()`);
  expect(reached).toBe(true);
});

test('older messages load while scrolling up, without a jump', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await log.getByText('Message number 400').waitFor();
  const item = log.locator('[data-seq="340"]');
  const place = async () => (await item.boundingBox())?.y ?? 0;
  await page.evaluate(() => (globalThis as InPage).fakeCore.hold('messages'));
  await log.hover();
  // The first of the page that is there, and everything above it is yet to come.
  await log.evaluate((box) => {
    box.scrollTop = 0;
  });
  await log.locator('[data-seq="322"]').waitFor({ state: 'visible' });
  await log.evaluate((box) => {
    box.scrollTop = 700;
  });
  await item.waitFor({ state: 'visible' });
  await frames(page);
  const before = await place();
  await page.evaluate(() => (globalThis as InPage).fakeCore.release('messages'));
  await expect.poll(() => log.evaluate((box) => box.scrollTop)).toBeGreaterThan(2_000);
  await frames(page);
  expect(Math.abs((await place()) - before)).toBeLessThan(1);
  await page.getByRole('button', { name: 'Jump to newest' }).click();
  await log.getByText('Message number 400').waitFor();
  await page.evaluate((id) => (globalThis as InPage).fakeCore.receive(id, 'brand new'), BOB);
  await log.getByText('brand new').waitFor();
  // At the end it stays at the end.
  await expect
    .poll(() => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight))
    .toBeLessThan(2);
});

test('new messages are announced without scrolling when one reads further up', async () => {
  const { page, log, choose } = await open('long');
  await choose('Bob');
  await log.getByText('Message number 400').waitFor();
  await log.evaluate((box) => {
    box.scrollTop = box.scrollHeight / 2;
  });
  await page.getByRole('button', { name: 'Jump to newest' }).waitFor();
  const before = await log.evaluate((box) => box.scrollTop);
  await page.evaluate((id) => (globalThis as InPage).fakeCore.receive(id, 'brand new'), BOB);
  await page.getByRole('button', { name: '1 new message' }).waitFor();
  await expect.poll(() => log.evaluate((box) => box.scrollTop)).toBe(before);
  await page.getByRole('button', { name: '1 new message' }).click();
  await log.getByText('brand new').waitFor();
});
