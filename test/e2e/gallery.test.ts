import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { GALLERY, type GalleryState } from '../support/renderer-harness/gallery-states.ts';
import { type Harness, startHarness } from '../support/renderer-harness/harness.ts';

// Every state of the gallery is shown, examined by axe and photographed, into test-results/gallery.

const PICTURES = resolve(import.meta.dirname, '../../test-results/gallery');

const LOOKS = [
  { look: 'light', theme: 'light', language: 'en', width: 1100 },
  { look: 'dark', theme: 'dark', language: 'en', width: 1100 },
  { look: 'narrow', theme: 'light', language: 'en', width: 400 },
  { look: 'rtl', theme: 'light', language: 'ar', width: 1100 },
] as const;

let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  harness = await startHarness();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await harness?.close();
});

describe.each(LOOKS)('in $look', (look) => {
  // Side by side: a page that loads leaves a processor to the one that is examined.
  test.concurrent.each(GALLERY)('the state $name can be shown', async (state) => {
    await photograph(state, look);
  });
});

async function photograph(state: GalleryState, look: (typeof LOOKS)[number]): Promise<void> {
  const { theme, language, width } = look;
  const context = await browser.newContext({
    viewport: { width, height: 760 },
    colorScheme: theme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text());
      }
    });
    const query = new URLSearchParams({ state: state.name, theme, language });
    await page.goto(`${harness.url}?${query}`);
    await page.locator(':root[data-gallery="ready"]').waitFor();
    await page.screenshot({ path: join(PICTURES, `${state.name}-${look.look}.png`) });
    // Nothing is cut off at the side, whatever the width.
    expect(await page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(width);
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}
