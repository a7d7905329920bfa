import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { type ChromiumBinary, packagedChromium } from './chromium-package.ts';

/**
 * What every test's Chromium is started with. Nothing here weakens the web's own protections: web
 * security, site isolation and content security policies work as in a released browser. Only
 * Chromium's process sandbox is off, which containers and the root user cannot have.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  // A small /dev/shm (containers) would crash pages.
  '--disable-dev-shm-usage',
  // Tests talk to this computer only.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

/**
 * For pages that live for a second or two: what the compilers would optimize, such a page does not run
 * often enough to be worth it, and they take a third of its processor time.
 */
export const BRIEF_PAGES = '--js-flags=--no-opt,--no-maglev,--no-sparkplug';

/**
 * The Chromium to test with: `PARLEY_CHROMIUM` (a path) if set, else the packaged one on Linux x64,
 * else the one that `npx playwright-core install chromium` brought. Throws when there is none, so
 * that a machine without it fails rather than skips.
 */
export async function findChromium(): Promise<ChromiumBinary> {
  const chosen = process.env['PARLEY_CHROMIUM'];
  if (chosen) return existing(chosen, 'PARLEY_CHROMIUM names it');
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  return existing(
    chromium.executablePath(),
    'run `npx playwright-core install chromium`, or set PARLEY_CHROMIUM to a Chromium',
  );
}

function existing(executable: string, hint: string): ChromiumBinary {
  if (!existsSync(executable)) throw new Error(`No Chromium at ${executable}: ${hint}.`);
  return { executable, env: {} };
}

/** Starts a headless Chromium. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await launchOptions(CHROMIUM_FLAGS));
}

/** Starts one for the brief pages of several processes, which connect to its `wsEndpoint()`. */
export async function startChromiumServer(): Promise<BrowserServer> {
  const options = await launchOptions([...CHROMIUM_FLAGS, BRIEF_PAGES]);
  return chromium.launchServer({ ...options, host: '127.0.0.1' });
}

async function launchOptions(args: readonly string[]): Promise<LaunchOptions> {
  const { executable, env } = await findChromium();
  return {
    executablePath: executable,
    args: [...args],
    env: { ...process.env, ...env },
    headless: true,
  };
}
