import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const IMAGES = resolve(import.meta.dirname, '../../../docs/images');

/** Whether this run takes the documentation's pictures, on the ports that readers will see. */
export const TAKES_PICTURES = process.env['PARLEY_SCREENSHOTS'] === '1';

/** Photographs a window for the documentation: `NAME-light.png` and `NAME-dark.png`. */
export async function photographForDocs(page: Page, name: string): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion: no colour is on its way to another.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(IMAGES, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
