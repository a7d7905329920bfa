import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { colourFaultsOf, faultsOf } from '../browser/axe.ts';
import { connectChromium } from '../browser/shared-chromium.ts';
import { GALLERY } from './gallery-states.ts';
import { complaintsOf } from './harness.ts';
import type { HarnessMode } from './server.ts';

const PICTURES = resolve(import.meta.dirname, '../../../test-results/gallery');

/** From here on list and conversation are side by side. Pixels. */
const WIDE = 1_000;

/** One way to look at every state of the gallery. */
export interface Look {
  /** Ends the names of its pictures. */
  readonly look: string;
  /** The released React is quicker; what the other one warns of does not depend on the look. */
  readonly mode: HarnessMode;
  /** A tag of `LANGUAGES`. */
  readonly language: string;
  /** Of the window. Pixels. */
  readonly width: number;
  /** Whether axe examines it. */
  readonly examined: boolean;
  /** Whether it is seen in dark, too. */
  readonly alsoDark?: true;
}

/**
 * Registers a test for each state of the gallery: it can be shown, nothing is cut off at the side, axe
 * finds nothing, and the page complains of nothing. Its picture is in test-results/gallery. One page
 * shows all of them, as to start one costs more than to show a state.
 */
export function testGallery({ look, mode, language, width, examined, alsoDark }: Look): void {
  /** The state of each picture, so that one that shows another's is found out. */
  const pictures = new Map<string, string>();
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await connectChromium();
    page = await browser.newPage({
      viewport: { width, height: 760 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
    });
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await browser?.close();
  });

  test.each(GALLERY)(`the state $name can be shown: ${look}`, async ({ name }) => {
    const photograph = (of: string) =>
      page.screenshot({ path: join(PICTURES, `${name}-${of}.png`) });
    complaints.splice(0);
    await page.emulateMedia({ colorScheme: 'light' });
    const query = new URLSearchParams({ state: name, theme: 'system', language });
    await page.goto(`${inject('renderers')[mode]}?${query}`);
    await page.locator(':root[data-gallery="ready"]').waitFor();
    const picture = (await photograph(look)).toString('base64');
    // A narrow window may leave out what two states differ in.
    if (width > WIDE) expect(pictures.get(picture)).toBeUndefined();
    pictures.set(picture, name);
    expect(await page.locator(':root').evaluate((it) => it.scrollWidth)).toBe(width);
    if (examined) expect(await faultsOf(page)).toEqual([]);
    if (alsoDark) {
      await page.emulateMedia({ colorScheme: 'dark' });
      await photograph('dark');
      expect(await colourFaultsOf(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}
