import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ScenarioName } from './scenarios.ts';

/** Opens the renderer over a fake core. */
export interface Harness {
  /**
   * Opens the renderer in a page of its own. `complaints` fills with whatever the page's console
   * says is wrong, uncaught errors and violated content security policies included. `probe` is a
   * script that runs after the fake core is there and before the renderer.
   */
  open(
    browser: Browser,
    scenario: ScenarioName,
    options?: BrowserContextOptions,
    probe?: string,
  ): Promise<Shown>;
  readonly url: string;
}

export interface Shown {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
  /** Shows a scenario in the same page, as if nothing had been in it before. */
  show(scenario: ScenarioName): Promise<void>;
}

/** @param url where the renderer is served, see `serveRenderer` */
export async function openHarness(url: string): Promise<Harness> {
  const fake = await fetch(`${url}in-page.js`);
  if (!fake.ok) throw new Error(await fake.text());
  const fakeCore = await fake.text();
  return {
    url,
    open: async (browser, scenario, options, probe = '') => {
      const context = await browser.newContext(options);
      await context.addInitScript(`${fakeCore}\n${probe}`);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      let visits = 0;
      const show = async (name: ScenarioName) => {
        complaints.splice(0);
        visits += 1;
        // The same address again would be a reload.
        await page.goto(`${url}?scenario=${name}&visit=${visits}`);
      };
      await show(scenario);
      return { page, context, complaints, show };
    },
  };
}

/** Fills, from now on, with the errors and warnings of the page's console, and what nobody caught. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
