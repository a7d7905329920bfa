import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { freePort } from '../basics/free-port.ts';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { connectChromium } from '../browser/shared-chromium.ts';
import { openScreen, startWeb, type WebPeer } from '../browser/web-screen.ts';
import { expectCleanStop } from '../peers/parley-process.ts';
import { photographOnFailure } from './evidence.ts';
import type { Copy, CopyOptions, Host } from './host.ts';

/** `parley web`, each copy in a browser of its own. */
export class BrowserHost implements Host {
  readonly name = 'browser';
  readonly port = freePort;
  readonly #complaints: string[] = [];
  #chromium: Promise<Browser> | null = null;

  async start({ name, port }: CopyOptions = {}): Promise<Copy> {
    this.#chromium ??= connectChromium();
    const browser = await this.#chromium;
    const context = await browser.newContext({ locale: 'en-GB' });
    onTestFinished(() => context.close());
    const copy = new BrowserCopy({
      browser,
      context,
      name,
      port: port ?? (await freePort()),
      complaints: this.#complaints,
    });
    await copy.start();
    return copy;
  }

  /** The documentation shows the desktop app. */
  async photograph(): Promise<void> {}

  complaints(): readonly string[] {
    return this.#complaints;
  }

  async close(): Promise<void> {
    await (await this.#chromium)?.close();
  }
}

interface BrowserCopyDeps {
  readonly browser: Browser;
  /** The person's browser, the same one after a restart. */
  readonly context: BrowserContext;
  readonly name: string | undefined;
  readonly port: number;
  readonly complaints: string[];
}

class BrowserCopy implements Copy {
  readonly #deps: BrowserCopyDeps;
  readonly #folder = temporaryFolder();
  #running: { readonly peer: WebPeer; readonly page: Page } | null = null;

  constructor(deps: BrowserCopyDeps) {
    this.#deps = deps;
  }

  get port(): number {
    return this.#deps.port;
  }

  get page(): Page {
    return this.#now.page;
  }

  async start(): Promise<void> {
    const { browser, context, name, port, complaints } = this.#deps;
    const peer = await startWeb(name, { port, data: this.#folder });
    const screen = await openScreen(browser, peer.link, { context, complaints });
    this.#running = { peer, page: screen.page };
    photographOnFailure(`browser-${name ?? 'nameless'}`, () => this.#running?.page);
  }

  async quit(): Promise<void> {
    const { peer, page } = this.#now;
    await page.close();
    this.#running = null;
    await expectCleanStop(peer.process, 'SIGTERM');
  }

  async kill(): Promise<void> {
    const { peer, page } = this.#now;
    await page.close();
    this.#running = null;
    await peer.process.stop('SIGKILL');
  }

  async save(press: () => Promise<void>, file: string): Promise<void> {
    const saved = this.page.waitForEvent('download');
    await press();
    await (await saved).saveAs(file);
  }

  async choose(press: () => Promise<void>, file: string): Promise<void> {
    const chosen = this.page.waitForEvent('filechooser');
    await press();
    await (await chosen).setFiles(file);
  }

  async clipboard(): Promise<string> {
    const elsewhere = await this.#deps.context.newPage();
    await elsewhere.setContent('<textarea autofocus></textarea>');
    await elsewhere.locator('textarea').press('ControlOrMeta+v');
    const pasted = await elsewhere.locator('textarea').inputValue();
    await elsewhere.close();
    return pasted;
  }

  get #now() {
    if (this.#running === null) throw new Error('This copy is not running.');
    return this.#running;
  }
}
