import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/**
 * The Chromium that the end-to-end tests of this worker share. What a file opens in it is its own, and
 * closed with it: contexts share nothing but the clipboard.
 */
export function connectChromium(): Promise<Browser> {
  const endpoints = inject('chromiums');
  // Vitest counts its workers from 1.
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 1) - 1;
  return chromium.connect(endpoints[worker % endpoints.length] ?? '');
}
