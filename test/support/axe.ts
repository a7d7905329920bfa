import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Those about colour of the rules that `faultsOf` holds to. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it is, as readable lines. */
export function faultsOf(page: Page): Promise<readonly string[]> {
  return run(page, {});
}

/**
 * The same on a page that follows the system's colour scheme, in light and in dark. Only rules about
 * colour can find in the one what they do not find in the other. Leaves the page in light.
 */
export async function faultsInBothSchemes(page: Page): Promise<readonly string[]> {
  const light = await faultsOf(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await colourFaultsOf(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((fault) => `in dark: ${fault}`)];
}

/** What axe finds about colours only. */
export function colourFaultsOf(page: Page): Promise<readonly string[]> {
  return run(page, { runOnly: COLOUR_RULES });
}

async function run(page: Page, options: object): Promise<readonly string[]> {
  // What fades in has not its colours yet; what goes before it has them is no matter.
  await page.evaluate(`Promise.allSettled(document.getAnimations().filter((it) =>
    it.effect.getComputedTiming().endTime !== Infinity).map((it) => it.finished))`);
  await page.evaluate(`if (globalThis.axe === undefined) { ${axe} }; undefined`);
  return page.evaluate(`axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })}).then(({ violations }) =>
    violations.flatMap((it) => it.nodes.map((node) => it.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}
