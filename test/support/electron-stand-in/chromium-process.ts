import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { BRIEF_PAGES, CHROMIUM_FLAGS, findChromium } from '../browser/chromium.ts';
import { CdpConnection, type CdpSession } from './cdp.ts';

export interface ChromiumProcess {
  readonly browser: CdpSession;
  /** Where another program (the test) can attach to the same browser. */
  readonly endpoint: string;
  /** Ends it, and answers when it is gone. */
  readonly close: () => Promise<void>;
}

/** Milliseconds. */
const CLOSES_WITHIN = 10_000;

/**
 * Starts the Chromium that plays the app's windows, with its files inside the app's `userData` as in
 * Electron. It is driven through a pipe and so ends with this process, however that ends.
 */
export async function startChromium(userData: string): Promise<ChromiumProcess> {
  const { executable, env } = await findChromium();
  const child = spawn(
    executable,
    [
      ...CHROMIUM_FLAGS,
      BRIEF_PAGES,
      '--headless',
      '--hide-scrollbars',
      // A mouse, as desktops have: without a screen Chromium knows of none.
      '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
      // Whether a window opens is decided by the app's handler, which the stand-in asks.
      '--block-new-web-contents',
      '--no-startup-window',
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--user-data-dir=${join(userData, 'chromium')}`,
    ],
    {
      env: { ...process.env, ...env },
      // It shares our standard output, on which it says nothing: whoever waits for that to close
      // waits for Chromium, too, also when we were killed.
      stdio: ['ignore', 'inherit', 'pipe', 'pipe', 'pipe'],
    },
  );
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const [, , , out, input] = child.stdio;
  const browser = new CdpConnection(out as Writable, input as Readable).session();
  const endpoint = await devToolsEndpoint(child);
  const close = async (): Promise<void> => {
    browser.send('Browser.close', {}).catch(() => undefined);
    // One that is still starting may not hear of it.
    const timer = setTimeout(() => child.kill('SIGKILL'), CLOSES_WITHIN);
    await gone;
    clearTimeout(timer);
  };
  return { browser, endpoint, close };
}

/** The address that Chromium prints when it listens. */
function devToolsEndpoint(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`Chromium ended with ${code}:\n${said.join('\n')}`)),
    );
    createInterface({ input: child.stderr as Readable }).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
      else if (said.length < 50) said.push(line);
    });
  });
}
