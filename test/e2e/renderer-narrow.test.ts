import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOf } from '../support/browser/axe.ts';
import { setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what a narrow or zoomed window does to it.

const open = setStage();

/** 200 % zoom halves the pixels that a page has. */
const WINDOWS = [
  { name: '400 px', width: 400, height: 760, scale: 1 },
  { name: '400 px at 200 %', width: 200, height: 380, scale: 2 },
  { name: '800 px at 200 %', width: 400, height: 300, scale: 2 },
] as const;

const LOCALES = ['en', 'de', 'ar'] as const;

test.each(WINDOWS.flatMap((it) => LOCALES.map((locale) => ({ ...it, locale }))))(
  'a request can be answered at $name in $locale',
  async ({ width, height, scale, locale }) => {
    const { page } = await open('busy', {
      locale,
      viewport: { width, height },
      deviceScaleFactor: scale,
    });
    await page.locator('.conversation-item').filter({ hasText: 'Dmitri' }).click();
    const bar = page.locator('.decision');
    await bar.getByRole('button').last().scrollIntoViewIfNeeded();
    const boxes = await Promise.all((await bar.getByRole('button').all()).map(boxOf));
    const words = await boxOf(bar.locator('.decision-text'));
    const [accept, block] = boxes;
    expect(boxes).toHaveLength(2);
    for (const it of boxes) {
      expect(it.y).toBeGreaterThanOrEqual(words.y + words.height);
      expect(it.x).toBeGreaterThanOrEqual(0);
      expect(it.x + it.width).toBeLessThanOrEqual(width);
      expect(it.y + it.height).toBeLessThanOrEqual(height);
    }
    // Side by side, or where even that is too narrow one below the other: never one on its own.
    const sideBySide = accept?.y === block?.y;
    if (width >= 400) expect(sideBySide).toBe(true);
    else if (!sideBySide) expect(accept?.width).toBe(block?.width);
    await expect.poll(() => page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(width);
    expect(await faultsOf(page)).toEqual([]);
  },
);

test('messages can be read and answered in a low window', async () => {
  const { page, log, choose, message } = await open('busy', {
    viewport: { width: 400, height: 250 },
    deviceScaleFactor: 2,
  });
  await choose('weather-station');
  const newest = log.getByText('Battery at 19 %');
  await newest.scrollIntoViewIfNeeded();
  const { y, height } = await boxOf(newest);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(250);
  await message.click();
  await page.keyboard.type('thanks');
  await page.keyboard.press('Enter');
  await log.getByText('thanks', { exact: true }).waitFor();
});

test('directional icons are mirrored in right-to-left languages', async () => {
  for (const [locale, way] of [
    ['en', 'none'],
    ['ar', '-1 1'],
  ] as const) {
    const { page } = await open('busy', { locale, viewport: { width: 400, height: 760 } });
    await page.locator('.conversation-item').filter({ hasText: 'Bob' }).click();
    const icon = page.locator('.back .icon');
    await expect
      .poll(() => icon.evaluate((it) => it.computedStyleMap().get('scale')?.toString()))
      .toBe(way);
  }
});

test('a narrow window without conversations shows our own address', async () => {
  const { page, conversations } = await open('empty', { viewport: { width: 400, height: 760 } });
  await page.getByRole('button', { name: 'Start' }).click();
  await conversations.getByRole('button', { name: 'Share my address' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy invite link' }).waitFor();
});

test('a busy port leads to the setting for another one', async () => {
  const { page } = await open('not-listening');
  await page.getByRole('button', { name: 'Choose another port' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Port' }).waitFor();
});

async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (!box) throw new Error('It is not on screen.');
  return box;
}
