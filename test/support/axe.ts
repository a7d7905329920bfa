import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is, as readable lines. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  // What fades in has not its colours yet; what goes before it has them is no matter.
  await page.evaluate(`Promise.allSettled(document.getAnimations().filter((it) =>
    it.effect.getComputedTiming().endTime !== Infinity).map((it) => it.finished))`);
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap((it) => it.nodes.map((node) => it.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary)))`);
}
