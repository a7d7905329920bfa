import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** Where the harness serves axe: a page has it sooner from there than by the browser's protocol. */
export const AXE_PATH = '/axe.js';
/** The source of axe. */
export const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Those about colour of the rules that `faultsOf` holds to. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it is, as readable lines. */
export function faultsOf(page: Page): Promise<readonly string[]> {
  return run(page, {});
}

/**
 * What axe finds about colours only: between light and dark, no other rule can find anything new.
 */
export function colourFaultsOf(page: Page): Promise<readonly string[]> {
  return run(page, { runOnly: COLOUR_RULES });
}

async function run(page: Page, options: object): Promise<readonly string[]> {
  await page.evaluate(`import(${JSON.stringify(AXE_PATH)}).then(() => undefined)`);
  // What fades in has not its colours yet: it is brought to its end.
  return page.evaluate(`(() => {
    for (const it of document.getAnimations()) {
      if (it.effect.getComputedTiming().endTime !== Infinity) it.finish();
    }
    return axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })});
  })().then(({ violations }) =>
    violations.flatMap((it) => it.nodes.map((node) => it.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}
