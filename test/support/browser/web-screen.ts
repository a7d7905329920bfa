import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { type ParleyProcess, parley } from '../peers/parley-process.ts';

export interface WebPeer {
  readonly process: ParleyProcess;
  readonly link: string;
}

/** The line with the link, of all that `parley web` prints. */
export const LINK = /^ {3}(http:\/\/(?:[0-9a-f]{32}\.localhost|127\.0\.0\.1):\d+\/#\S+)$/;

/**
 * `parley web` as a person starts it; on a profile of its own and any free port unless told. Without
 * a name it takes what the system calls the user.
 */
export async function startWeb(
  name: string | undefined,
  {
    port = 0,
    data = temporaryFolder(),
    args = [],
  }: { port?: number; data?: string; args?: readonly string[] } = {},
): Promise<WebPeer> {
  const named = name === undefined ? [] : ['--name', name];
  const process = parley(['web', ...named, '--port', String(port), '--data', data, ...args]);
  const line = await process.line(LINK);
  return { process, link: line.trim() };
}

export interface Screen {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page: errors, and anything its policy forbade. */
  readonly complaints: string[];
}

export interface ScreenOptions extends BrowserContextOptions {
  /** The browser to open it in; a new one unless given. */
  readonly context?: BrowserContext;
  /** Where complaints are put; a new list unless given. */
  readonly complaints?: string[];
}

/** Opens a link in a browser window that is closed with the running test. */
export async function openScreen(
  browser: Browser,
  link: string,
  { context, complaints = [], ...options }: ScreenOptions = {},
): Promise<Screen> {
  const own = context ?? (await browser.newContext({ locale: 'en-GB', ...options }));
  if (!context) onTestFinished(() => own.close());
  const page = await own.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(link);
  return { context: own, page, complaints };
}
