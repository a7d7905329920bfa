import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { colourFaultsOf, faultsOf } from '../support/axe.ts';
import { GALLERY, type GalleryState } from '../support/renderer-harness/gallery-states.ts';
import { type Harness, openHarness } from '../support/renderer-harness/harness.ts';
import { connectChromium } from '../support/shared-chromium.ts';

// Every state of the gallery is shown in four looks (the light one also in dark) and photographed, into
// test-results/gallery. Axe examines all but the mirrored one, which has nothing that the light one has
// not: what mirroring does to axe's rules, axe.test.ts looks at.

const PICTURES = resolve(import.meta.dirname, '../../test-results/gallery');

const LOOKS = [
  { look: 'light', language: 'en', width: 1100 },
  { look: 'narrow', language: 'en', width: 400 },
  { look: 'rtl', language: 'ar', width: 1100 },
] as const;

let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  harness = await openHarness(inject('renderers').development);
  browser = await connectChromium();
});
afterAll(async () => {
  await browser?.close();
});

describe.each(LOOKS)('in $look', (look) => {
  // Side by side: a page that loads leaves a processor to the one that is examined.
  test.concurrent.each(GALLERY)('the state $name can be shown', async (state) => {
    await photograph(state, look);
  });
});

async function photograph(state: GalleryState, look: (typeof LOOKS)[number]): Promise<void> {
  const { language, width } = look;
  const context = await browser.newContext({
    viewport: { width, height: 760 },
    colorScheme: 'light',
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
    const query = new URLSearchParams({ state: state.name, theme: 'system', language });
    await page.goto(`${harness.url}?${query}`);
    await page.locator(':root[data-gallery="ready"]').waitFor();
    await page.screenshot({ path: picture(state, look.look) });
    // Nothing is cut off at the side, whatever the width.
    expect(await page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(width);
    if (look.look !== 'rtl') expect(await faultsOf(page)).toEqual([]);
    if (look.look === 'light') {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: picture(state, 'dark') });
      expect(await colourFaultsOf(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

function picture(state: GalleryState, look: string): string {
  return join(PICTURES, `${state.name}-${look}.png`);
}
