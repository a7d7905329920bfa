import type { TestProject } from 'vitest/node';
import { startChromiumServer } from '../support/chromium.ts';
import { type HarnessMode, serveRenderer } from '../support/renderer-harness/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to connect to the Chromium that all files share. */
    chromium: string;
    /** Where the renderer is served over a fake core. */
    renderers: Readonly<Record<HarnessMode, string>>;
  }
}

const open: { readonly close: () => Promise<void> }[] = [];

/** Before the first file: one Chromium and one build of the renderer for all of them. */
export async function setup({ provide }: TestProject): Promise<void> {
  const chromium = await startChromiumServer();
  const development = await serveRenderer('development');
  const production = await serveRenderer('production');
  open.push(chromium, development, production);
  provide('chromium', chromium.wsEndpoint());
  provide('renderers', { development: development.url, production: production.url });
}

export async function teardown(): Promise<void> {
  for (const one of open.splice(0)) await one.close();
}
