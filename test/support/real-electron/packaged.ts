import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright-core';
import { freePort } from '../basics/free-port.ts';
import { WAIT_TIMEOUT_MS } from '../basics/timeouts.ts';
import { endProcess, plainEnvironment, UNATTENDED } from './computer.ts';

/**
 * Copies of a packaged app. Its fuses keep debuggers out of its main process, and Playwright's own
 * way into Electron with them; Chromium's debugging port is open to whoever starts the app.
 */
export class PackagedCopies {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-packaged-'));
  readonly #running: ChildProcess[] = [];
  readonly #browsers: Browser[] = [];

  constructor(program: string) {
    this.#program = program;
  }

  /** Starts a copy with a profile of its own; answers its page. */
  async start(name: string): Promise<Page> {
    const data = ['--data', join(this.#folder, name), '--name', name];
    const child = spawn(
      this.#program,
      [...UNATTENDED, '--remote-debugging-port=0', ...data, '--port', String(await freePort())],
      { stdio: ['ignore', 'ignore', 'pipe'], env: plainEnvironment() },
    );
    this.#running.push(child);
    const browser = await chromium.connectOverCDP(await debuggingAddress(child), {
      noDefaults: true,
    });
    this.#browsers.push(browser);
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('The app has no pages of its own.');
    return context.pages()[0] ?? (await context.waitForEvent('page'));
  }

  /**
   * Starts the app with `args`, and `env` besides its own, and waits for it to end. An option that
   * makes no sense ends it with code 2 before it opens anything.
   */
  async run(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    program = this.#program,
  ): Promise<{ readonly code: number | null; readonly errors: string }> {
    const child = spawn(program, [...UNATTENDED, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...plainEnvironment(), ...env },
      cwd: this.#folder,
    });
    this.#running.push(child);
    const parts: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => parts.push(text));
    await once(child, 'close');
    return { code: child.exitCode, errors: parts.join('') };
  }

  /** A folder for whatever a test needs, gone when the copies are. */
  get folder(): string {
    return this.#folder;
  }

  async end(): Promise<void> {
    for (const browser of this.#browsers) await browser.close();
    for (const child of this.#running) await endProcess(child);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Where a copy's debugging port is, which it says on its error output. */
function debuggingAddress(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('The app’s error output is not listened to.');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const said: string[] = [];
  const timer = setTimeout(
    () => reject(new Error('The app opens no debugging port.')),
    WAIT_TIMEOUT_MS,
  );
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) resolve(address);
  });
  child.once('error', reject);
  child.once('close', (code) => reject(new Error(`It ended (${code}):\n${said.join('\n')}`)));
  return promise.finally(() => clearTimeout(timer));
}
