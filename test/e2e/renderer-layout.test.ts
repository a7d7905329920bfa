import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Preferences } from '../../src/shared/model/preferences.ts';
import { faultsOf } from '../support/browser/axe.ts';
import { setStage } from '../support/renderer-harness/stage.ts';

// The built renderer in real Chromium, over a fake core: what fits where, at which text size, and
// what is seen where the system chooses the colours.

const open = setStage();

/** Shows the page again as somebody sees it who has chosen this before. */
async function prefer(page: Page, chosen: Partial<Preferences>): Promise<void> {
  await page.evaluate(
    (kept) => sessionStorage.setItem('fake-host', kept),
    JSON.stringify({ firstRunDone: true, ...chosen }),
  );
  await page.reload();
}

interface Box {
  readonly width: number;
  readonly height: number;
  /** Of one line of its text. */
  readonly line: number;
}

/** The size of what `selector` finds first. Pixels. */
const sizeOf = (page: Page, selector: string) =>
  page.evaluate<Box>(`(() => {
    const it = document.querySelector(${JSON.stringify(selector)});
    const { width, height } = it.getBoundingClientRect();
    return { width, height, line: Number.parseFloat(getComputedStyle(it).lineHeight) };
  })()`);

/** One computed style of what `selector` finds first, or of a part of it. */
const styleOf = (page: Page, selector: string, name: string, part: string | null = null) =>
  page.evaluate<string>(
    `getComputedStyle(document.querySelector(${JSON.stringify(selector)}), ${JSON.stringify(part)})[${JSON.stringify(name)}]`,
  );

/** Brings everything into view that only a screen reader meets; how much that is, and what moved. */
const meetHidden = (page: Page) =>
  page.evaluate<Readonly<Record<string, number>>>(`(() => {
    const all = [...document.querySelectorAll('.visually-hidden, [role="status"]')];
    for (const it of all) it.scrollIntoView();
    const { scrollTop, scrollHeight } = document.scrollingElement;
    const { top, bottom } = document.querySelector('#root').getBoundingClientRect();
    return { hidden: all.length, scrollTop, scrollHeight, top, bottom };
  })()`);

test('the window has two panes or one depending on its width and text size', async () => {
  const { page, choose } = await open('busy', { viewport: { width: 760, height: 800 } });
  await choose('Bob');
  await expect.poll(() => page.locator('.sidebar').isVisible()).toBe(true);
  await expect.poll(() => page.locator('main.conversation').isVisible()).toBe(true);
  await prefer(page, { textSize: 'largest' });
  // A reload keeps the place.
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await page.locator('.conversation-item').filter({ hasText: 'Bob' }).waitFor();
  // Alone, the list is the main part of the page: script and style sheets agree.
  await expect.poll(() => page.locator('.sidebar').getAttribute('role')).toBe('main');
  await expect.poll(() => page.locator('main.conversation').isVisible()).toBe(false);
  await page.locator('.conversation-item').filter({ hasText: 'Bob' }).click();
  await page.getByRole('log').waitFor();
  await expect.poll(() => page.locator('.sidebar').isVisible()).toBe(false);
});

test.each(['standard', 'largest'] as const)(
  'the conversation header takes one line at any width, text size %s',
  async (textSize) => {
    const { page } = await open('verified', { viewport: { width: 320, height: 700 } });
    await prefer(page, { textSize });
    await page.locator('.conversation-item').first().click();
    await page.getByRole('log').waitFor();
    for (const width of [320, 400, 760, 900, 1280]) {
      await page.setViewportSize({ width, height: 700 });
      const { height, line } = await sizeOf(page, '.header-line');
      expect(height, `${width}`).toBeLessThan(1.5 * line);
      await expect.poll(() => page.locator('.header-line').textContent()).toContain('Encrypted');
      const { width: room } = await sizeOf(page, '.header-text');
      expect(room, `${width}`).toBeGreaterThan(width / 8);
      await expect
        .poll(() => page.locator(':root').evaluate((root) => root.scrollWidth))
        .toBe(width);
    }
  },
);

test.each(['en', 'de', 'fr', 'ar'])(
  'a connection problem has enough room at any width in %s',
  async (locale) => {
    const { page } = await open('unreachable', { locale, viewport: { width: 320, height: 800 } });
    await page.locator('.conversation-item').first().click();
    for (const width of [320, 500, 600, 760, 900, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const words = await sizeOf(page, '.link-text');
      expect(words.height, `${width}`).toBeLessThanOrEqual(8 * words.line);
      const panel = await sizeOf(page, '.link-panel');
      expect(words.width, `${width}`).toBeGreaterThan(panel.width / 2);
    }
  },
);

test.each([
  [1280, 800],
  [400, 700],
  [320, 256],
])(
  'the page itself never scrolls, whatever is scrolled into view, at %s × %s',
  async (width, height) => {
    const { page } = await open('crowded', { viewport: { width, height } });
    const still = { scrollTop: 0, scrollHeight: height, top: 0, bottom: height };
    const bringIntoView = async (what: string) => {
      const found = await meetHidden(page);
      expect(found, what).toMatchObject(still);
      return found['hidden'];
    };
    await page.locator('.conversation-item').nth(29).waitFor();
    expect(await bringIntoView('the list')).toBeGreaterThan(60);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Export…' }).waitFor();
    await bringIntoView('the settings');
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Search' }).fill('Person');
    await page.locator('.results .conversation-item').first().waitFor();
    await bringIntoView('what was found');
    await page.locator('.results .conversation-item').first().click();
    await page.getByRole('log').waitFor();
    await bringIntoView('a conversation');
  },
);

test.each(['light', 'dark'] as const)(
  'in forced colours, %s, nothing depends on colour alone',
  async (colorScheme) => {
    const { page, choose } = await open('busy', { forcedColors: 'active', colorScheme });
    await choose('Bob');
    const style = (selector: string, name: string, part: string | null = null) =>
      styleOf(page, selector, name, part);
    await page.locator('.message-me .bubble').first().waitFor();
    for (const edged of ['.message-me .bubble', '.message-them .bubble', '.avatar', '.send']) {
      await expect.poll(() => style(edged, 'borderTopStyle')).toBe('solid');
      expect(Number.parseFloat(await style(edged, 'borderTopWidth'))).toBeGreaterThan(0);
    }
    await expect
      .poll(() => style('.conversation-item[aria-current="true"]', 'outlineStyle'))
      .toBe('solid');
    await expect
      .poll(() => style('.conversation-item:not([aria-current])', 'outlineStyle'))
      .toBe('none');
    await page.getByRole('button', { name: 'Settings' }).click();
    const lever = page.locator('.switch').first();
    await lever.waitFor();
    const colours = async () => {
      const track = await style('.switch', 'backgroundColor');
      await expect.poll(() => style('.switch', 'backgroundColor', '::before')).not.toBe(track);
      return track;
    };
    const before = await colours();
    await lever.click();
    await expect.poll(colours).not.toBe(before);
  },
);

test('the page passes axe in narrow windows, right to left, and in forced colours', async () => {
  const { page } = await open('busy', {
    locale: 'ar',
    viewport: { width: 400, height: 700 },
    forcedColors: 'active',
  });
  await page.getByRole('navigation').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.locator('.conversation-item').first().click();
  await page.getByRole('log').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});
