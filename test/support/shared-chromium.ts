import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/**
 * The Chromium that all end-to-end tests share. What a file opens in it is its own, and closed with
 * it: contexts share nothing.
 */
export function connectChromium(): Promise<Browser> {
  return chromium.connect(inject('chromium'));
}
