import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Bounds, Order, Report, TrayReport } from './control.ts';
import type { Keychain } from './safe-storage.ts';

export interface StandInOptions {
  /** Plays the system's folder for apps' data; copies that share it are the same user's. */
  readonly appData: string;
  readonly args?: readonly string[];
  /** The folder of the app's package.json; this project unless given. */
  readonly app?: string;
  readonly dark?: boolean;
  /** What `safeStorage` finds; no keychain unless given. */
  readonly keychain?: Keychain;
  /** Whether the desktop has a place for tray icons. */
  readonly tray?: boolean;
  /** Whether windows are as on native Wayland. */
  readonly wayland?: boolean;
  /** The displays, the primary one first; one of 1280 × 800 unless given. */
  readonly displays?: readonly Bounds[];
}

const FIRST_DISPLAY: Bounds = { x: 0, y: 0, width: 1280, height: 800 };

const ROOT = resolve(import.meta.dirname, '../../..');

/** Starts an app on the stand-in. The caller ends it with `quit`, or with `kill` in a clean-up. */
export function launchStandIn(options: StandInOptions): StandInApp {
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      join(import.meta.dirname, 'run.ts'),
      options.app ?? ROOT,
      ...(options.args ?? []),
    ],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        STAND_IN_APP_DATA: options.appData,
        STAND_IN_DARK: options.dark ? '1' : '0',
        STAND_IN_KEYCHAIN: options.keychain ?? 'none',
        STAND_IN_WAYLAND: options.wayland ? '1' : '0',
        STAND_IN_TRAY: options.tray ? '1' : '0',
        STAND_IN_DISPLAYS: JSON.stringify(options.displays ?? [FIRST_DISPLAY]),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  return new StandInApp(child);
}

/** A running app, as a test sees it. */
export class StandInApp {
  readonly #child: ChildProcess;
  readonly #reports: Report[] = [];
  readonly #output: string[] = [];
  #onReport = Promise.withResolvers<void>();
  #browser: Promise<Browser> | null = null;
  #isOver = false;
  /** The exit code once it has ended; null when a signal ended it. */
  readonly exited: Promise<number | null>;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (report) => {
      this.#reports.push(report as Report);
      this.#announce();
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#output.push(text));
    }
    const closed = new Promise<number | null>((done) => child.once('close', done));
    // Its last reports may be read after it has ended.
    const silent = new Promise<void>((done) => child.once('disconnect', done));
    this.exited = Promise.all([closed, silent]).then(([code]) => {
      this.#isOver = true;
      this.#announce();
      return code;
    });
  }

  /** Everything that it has printed. */
  get output(): string {
    return this.#output.join('');
  }

  /** What it has reported so far, oldest first. */
  get reports(): readonly Report[] {
    return this.#reports;
  }

  /** Waits for a report that `matches`, past or future; fails when the app ends without it. */
  async reported<T extends Report['type']>(
    type: T,
    matches: (report: Extract<Report, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Report, { type: T }>> {
    const wanted = (it: Report): it is Extract<Report, { type: T }> =>
      it.type === type && matches(it as Extract<Report, { type: T }>);
    for (;;) {
      const next = this.#onReport.promise;
      const found = this.#reports.find(wanted);
      if (found) return found;
      if (this.#isOver) {
        const told = this.#reports.map((report) => JSON.stringify(report)).join('\n');
        throw new Error(
          `The app ended without reporting ${type}. It reported:\n${told}\nIt printed:\n${this.output}`,
        );
      }
      await next;
    }
  }

  /** The notifications that are shown now, oldest first. */
  get notifications(): readonly Extract<Report, { type: 'notification-shown' }>[] {
    const closed = this.#reports.flatMap((it) =>
      it.type === 'notification-closed' ? [it.id] : [],
    );
    return this.#reports.filter(
      (it): it is Extract<Report, { type: 'notification-shown' }> =>
        it.type === 'notification-shown' && !closed.includes(it.id),
    );
  }

  /** What stands in the tray now; null when nothing does. */
  get tray(): TrayReport | null {
    return this.#reports.findLast((it) => it.type === 'tray')?.tray ?? null;
  }

  /** Whether a window is in view now. */
  get isShown(): boolean {
    const last = this.#reports.findLast(({ type }) =>
      ['window-shown', 'window-hidden', 'window-closed'].includes(type),
    );
    return last?.type === 'window-shown';
  }

  /** The app's first window. */
  async firstWindow(): Promise<Page> {
    const { targetId } = await this.reported('window-opened');
    const { endpoint } = await this.reported('ready');
    this.#browser ??= chromium.connectOverCDP(endpoint);
    const [context] = (await this.#browser).contexts();
    if (!context) throw new Error('The app has no browser context.');
    for (;;) {
      const opened = context.waitForEvent('page').catch(() => null);
      for (const page of context.pages()) {
        const session = await context.newCDPSession(page);
        const { targetInfo } = await session.send('Target.getTargetInfo');
        await session.detach();
        if (targetInfo.targetId === targetId) return page;
      }
      await opened;
    }
  }

  /** Acts as the user or the system. */
  order(order: Order): void {
    this.#child.send(order);
  }

  /** Quits as a user does; answers the exit code. */
  async quit(): Promise<number | null> {
    if (this.#child.connected) this.order({ type: 'quit' });
    const code = await this.exited;
    await this.#detach();
    return code;
  }

  /** Ends it as a crash would. Harmless when it has already ended. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
    await this.#detach();
  }

  async #detach(): Promise<void> {
    const browser = await this.#browser?.catch(() => null);
    await browser?.close();
  }

  #announce(): void {
    this.#onReport.resolve();
    this.#onReport = Promise.withResolvers();
  }
}
