import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { FakeCore } from '../fake-bridge.ts';
import type { FakeDesktop } from '../fake-desktop.ts';
import { connectChromium } from '../shared-chromium.ts';
import { WAIT_TIMEOUT_MS } from '../timeouts.ts';
import { type Harness, openHarness, type Shown } from './harness.ts';
import type { ScenarioName } from './scenarios.ts';
import type { HarnessMode } from './server.ts';

/** The page's global object, with the fake core and the fake desktop app in it. */
export type InPage = typeof globalThis & {
  readonly fakeCore: FakeCore;
  readonly fakeDesktop: FakeDesktop;
};

/** A scenario on screen, and the places that tests look at. */
export interface Stage {
  readonly page: Page;
  readonly conversations: Locator;
  readonly log: Locator;
  readonly message: Locator;
  /** Opens the conversation whose list entry holds `name`. */
  readonly choose: (name: string) => Promise<void>;
  /** The inputs of all `send` commands so far. */
  readonly sent: () => Promise<readonly unknown[]>;
}

type Open = (scenario: ScenarioName, options?: BrowserContextOptions) => Promise<Stage>;

/**
 * Registers the hooks that connect to the browser and, after each test, assert that the page had
 * nothing to complain about: no errors, no warnings, no violated security policy.
 */
export function setStage(mode: HarnessMode = 'development'): Open {
  let harness: Harness | null = null;
  let browser: Browser | null = null;
  let shown: Shown | null = null;

  beforeAll(async () => {
    harness = await openHarness(inject('renderers')[mode]);
    browser = await connectChromium();
  });
  afterEach(async () => {
    const complaints = shown?.complaints ?? [];
    await shown?.context.close();
    shown = null;
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  return async (scenario, options = {}) => {
    if (!harness || !browser) throw new Error('The browser has not started.');
    shown = await harness.open(browser, scenario, { locale: 'en-GB', ...options });
    const { page } = shown;
    page.setDefaultTimeout(WAIT_TIMEOUT_MS);
    const conversations = page.getByRole('navigation', { name: 'Conversations' });
    return {
      page,
      conversations,
      log: page.getByRole('log', { name: 'Messages' }),
      message: page.getByRole('textbox', { name: 'Message', exact: true }),
      choose: async (name) => {
        await conversations.getByRole('button', { name }).click();
        await page.getByRole('log', { name: 'Messages' }).waitFor();
      },
      sent: () =>
        page.evaluate(() =>
          (globalThis as InPage).fakeCore.calls
            .filter((it) => it.name === 'send')
            .map((it) => it.input),
        ),
    };
  };
}
