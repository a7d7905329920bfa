import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../test/support/browser/chromium.ts';
import { type Harness, openHarness } from '../../test/support/renderer-harness/harness.ts';
import type { ScenarioName } from '../../test/support/renderer-harness/scenarios.ts';
import { serveRenderer } from '../../test/support/renderer-harness/server.ts';
import { PAGE_PROBE } from './page-probe.ts';

/** The built page in a real browser, as the end-to-end tests show it. */
export interface PageStage {
  /** Opens a scenario anew, lets `work` use its long conversation, and closes it. */
  readonly use: <T>(scenario: ScenarioName, work: (page: Page) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The longest that a step in the page may take, milliseconds. */
const WAIT_TIMEOUT_MS = 30_000;

/** Builds the page as it is released, over a fake core, and starts a browser. */
export async function startPageStage(): Promise<PageStage> {
  const server = await serveRenderer('production');
  try {
    const harness = await openHarness(server.url);
    const browser = await launchChromium();
    return {
      use: (scenario, work) => use(harness, browser, scenario, work),
      close: async () => {
        await browser.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function use<T>(
  harness: Harness,
  browser: Browser,
  scenario: ScenarioName,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const shown = await harness.open(browser, scenario, { locale: 'en-GB' }, PAGE_PROBE);
  try {
    const { page } = shown;
    page.setDefaultTimeout(WAIT_TIMEOUT_MS);
    const conversations = page.getByRole('navigation', { name: 'Conversations' });
    await conversations.getByRole('button', { name: 'Bob' }).click();
    await page.locator('[role="log"] [data-seq]').last().waitFor();
    return await work(page);
  } finally {
    await shown.context.close();
  }
}
