import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { WAIT_TIMEOUT_MS } from '../basics/timeouts.ts';
import { connectChromium } from '../browser/shared-chromium.ts';
import type { FakeCore } from '../fake-bridge/fake-bridge.ts';
import type { FakeDesktop } from '../fake-bridge/fake-desktop.ts';
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

interface StageOptions extends BrowserContextOptions {
  /** For a test that changes more than what is in the page (its clock): it has a page of its own. */
  readonly apart?: true;
}

type Open = (scenario: ScenarioName, options?: StageOptions) => Promise<Stage>;

/** A page that shows one test's scenario after the other's. */
interface Kept {
  readonly shown: Shown;
  /** What cannot be changed once a page is there. */
  readonly fixed: string;
}

/** Playwright's, and what a page goes back to for the next test. */
const SIZE = { width: 1280, height: 720 };

/**
 * Registers the hooks that connect to the browser and, after each test, assert that the page had
 * nothing to complain about: no errors, no warnings, no violated security policy. The tests of a file
 * use one page after the other, each loaded anew: to start a page costs more than to load it.
 */
export function setStage(mode: HarnessMode = 'development'): Open {
  let harness: Harness | null = null;
  let browser: Browser | null = null;
  let kept: Kept | null = null;
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    harness = await openHarness(inject('renderers')[mode]);
    browser = await connectChromium();
  });
  afterEach(() => {
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  const show = async (scenario: ScenarioName, { apart, ...options }: StageOptions) => {
    if (!harness || !browser) throw new Error('The browser has not started.');
    const { viewport = SIZE, colorScheme = 'light', forcedColors = 'none', ...others } = options;
    const fixed = JSON.stringify({ apart, others });
    if (kept && !apart && kept.fixed === fixed && !kept.shown.page.isClosed()) {
      const { shown } = kept;
      // Out of the way of what comes up where it was.
      await shown.page.mouse.move(0, 0);
      await shown.page.emulateMedia({ colorScheme, forcedColors });
      await shown.page.setViewportSize(viewport ?? SIZE);
      await shown.show(scenario);
      return shown;
    }
    await kept?.shown.context.close();
    const look = { viewport, colorScheme, forcedColors };
    const shown = await harness.open(browser, scenario, { locale: 'en-GB', ...look, ...others });
    kept = { shown, fixed };
    return shown;
  };

  return async (scenario, options = {}) => {
    const shown = await show(scenario, options);
    complaints = shown.complaints;
    const { page } = shown;
    page.setDefaultTimeout(WAIT_TIMEOUT_MS);
    // Before the window is there, a key that is pressed reaches nobody.
    await page.locator('.sidebar').waitFor({ state: 'attached' });
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
