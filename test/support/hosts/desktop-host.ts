import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { freePort } from '../basics/free-port.ts';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { launchStandIn, type StandInApp } from '../electron-stand-in/launch.ts';
import { photographOnFailure } from './evidence.ts';
import type { Copy, CopyOptions, Host } from './host.ts';
import { photographForDocs, TAKES_PICTURES } from './pictures.ts';

const FIRST_PORT = 8080;
/** Of the app's window when it opens. */
const WIDTH = 1000;

/** The built desktop app, on the stand-in for Electron. */
export class DesktopHost implements Host {
  readonly name = 'desktop';
  readonly #apps: StandInApp[] = [];
  #given = 0;

  async start({ name, port }: CopyOptions = {}): Promise<Copy> {
    const copy = new DesktopCopy({
      name,
      port: port ?? (await this.port()),
      onLaunched: (app) => this.#apps.push(app),
    });
    await copy.start();
    return copy;
  }

  async port(): Promise<number> {
    if (!TAKES_PICTURES) return freePort();
    if (this.#given === 0) {
      onTestFinished(() => {
        this.#given = 0;
      });
    }
    this.#given += 1;
    return FIRST_PORT + this.#given - 1;
  }

  async photograph(page: Page, name: string, height: number): Promise<void> {
    if (!TAKES_PICTURES) return;
    await page.setViewportSize({ width: WIDTH, height });
    await photographForDocs(page, name);
  }

  complaints(): readonly string[] {
    return this.#apps.flatMap(({ reports, output }) => [
      ...reports.flatMap((it) => (it.type === 'page-error' ? [it.text] : [])),
      ...(output === '' ? [] : [output]),
    ]);
  }

  /** Each copy has a Chromium of its own and ends with its test. */
  async close(): Promise<void> {}
}

interface DesktopCopyDeps {
  readonly name: string | undefined;
  readonly port: number;
  readonly onLaunched: (app: StandInApp) => void;
}

class DesktopCopy implements Copy {
  readonly #deps: DesktopCopyDeps;
  readonly #appData = temporaryFolder();
  #running: { readonly app: StandInApp; readonly page: Page } | null = null;
  /** How many file dialogs the running app has shown. */
  #dialogs = 0;

  constructor(deps: DesktopCopyDeps) {
    this.#deps = deps;
  }

  get port(): number {
    return this.#deps.port;
  }

  get page(): Page {
    return this.#now.page;
  }

  async start(): Promise<void> {
    const { name, port, onLaunched } = this.#deps;
    const args = ['--port', String(port), ...(name === undefined ? [] : ['--name', name])];
    const app = launchStandIn({ appData: this.#appData, args });
    onTestFinished(() => app.kill());
    onLaunched(app);
    this.#dialogs = 0;
    this.#running = { app, page: await app.firstWindow() };
    photographOnFailure(`desktop-${name ?? 'nameless'}`, () => this.#running?.page);
  }

  async quit(): Promise<void> {
    const { app } = this.#now;
    this.#running = null;
    expect(await app.quit()).toBe(0);
  }

  async kill(): Promise<void> {
    const { app } = this.#now;
    this.#running = null;
    await app.kill();
  }

  save(press: () => Promise<void>, file: string): Promise<void> {
    return this.#answerDialog(press, file);
  }

  choose(press: () => Promise<void>, file: string): Promise<void> {
    return this.#answerDialog(press, file);
  }

  async clipboard(): Promise<string> {
    const { app } = this.#now;
    const { text } = await app.reported('clipboard');
    return app.reports.findLast((it) => it.type === 'clipboard')?.text ?? text;
  }

  async #answerDialog(press: () => Promise<void>, file: string): Promise<void> {
    const { app } = this.#now;
    await press();
    this.#dialogs += 1;
    const opened = () => app.reports.filter(({ type }) => type === 'file-dialog').length;
    await app.reported('file-dialog', () => opened() === this.#dialogs);
    app.order({ type: 'choose-file', path: file });
  }

  get #now() {
    if (this.#running === null) throw new Error('This copy is not running.');
    return this.#running;
  }
}
