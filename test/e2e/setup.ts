import type { TestProject } from 'vitest/node';
import { startChromiumServer } from '../support/browser/chromium.ts';
import { type HarnessMode, serveRenderer } from '../support/renderer-harness/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to connect to the Chromium of each worker, which its files share one after the other. */
    chromiums: readonly string[];
    /** Where the renderer is served over a fake core. */
    renderers: Readonly<Record<HarnessMode, string>>;
  }
}

const open: { readonly close: () => Promise<void> }[] = [];

/**
 * Before the first file: a Chromium for each worker (what one file copies, another must not paste), and
 * one build of the renderer for all.
 */
export async function setup({ provide, vitest }: TestProject): Promise<void> {
  const workers = Array.from({ length: vitest.config.maxWorkers }, startChromiumServer);
  const chromiums = await Promise.all(workers);
  const development = await serveRenderer('development');
  const production = await serveRenderer('production');
  open.push(...chromiums, development, production);
  provide(
    'chromiums',
    chromiums.map((it) => it.wsEndpoint()),
  );
  provide('renderers', { development: development.url, production: production.url });
}

export async function teardown(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}
