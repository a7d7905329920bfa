import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { type App, preventable } from './app.ts';
import { type Bounds, report } from './control.ts';
import type { IpcMain } from './ipc-main.ts';
import { refuseUnknown } from './loud.ts';
import type { Origins } from './origins.ts';
import { Page } from './page.ts';
import type { Protocol } from './protocol.ts';
import type { Screen } from './screen.ts';
import type { Session } from './session.ts';
import { WebContents } from './web-contents.ts';
import { type PlaceOptions, WindowPlace, type WindowSystem } from './window-place.ts';
import { PRELOAD_PORT } from './world/names.ts';

export interface WindowWorld {
  readonly app: App;
  readonly ipcMain: IpcMain;
  readonly origins: Origins;
  readonly protocol: Protocol;
  readonly screen: Screen;
  readonly session: Session;
  readonly system: WindowSystem;
}

interface WindowOptions extends PlaceOptions {
  readonly icon?: unknown;
  readonly webPreferences?: Readonly<Record<string, unknown>>;
}

const LOOKS = [
  'title',
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'backgroundColor',
  'icon',
];

/** The only preferences that the stand-in can play, each with the value it plays. */
const PLAYED: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
};

/** Electron's `BrowserWindow`, made for one app: its content is a page of a real Chromium. */
export function createBrowserWindow(world: WindowWorld) {
  return class BrowserWindow extends EventEmitter {
    readonly webContents = new WebContents();
    readonly #page: Promise<Page>;
    #closed = false;
    #minimized = false;
    #painted = false;
    #toldOfPaint = false;
    readonly #place: WindowPlace;

    constructor(options: WindowOptions = {}) {
      super();
      refuseUnknown('window options', options, [...LOOKS, 'webPreferences']);
      if (!world.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      // Nothing else gives it one there: in the zip, the AppImage and development it would have none.
      if (process.platform === 'linux' && options.icon === undefined) {
        throw new Error('A window on Linux needs an icon.');
      }
      const preload = checkPreferences(options.webPreferences ?? {});
      this.#place = new WindowPlace(options, world.screen, world.system, (event) =>
        this.emit(event),
      );
      world.app.windows.add(this);
      world.app.emit('web-contents-created', {}, this.webContents);
      this.#page = this.#open(preload);
    }

    async loadURL(url: string): Promise<void> {
      const page = await this.#page;
      await world.session.apply(world.app.chromium.browser, this.webContents);
      this.webContents.loading(url);
      await page.load(url);
      report({ type: 'page-loaded', targetId: page.targetId });
    }

    isMinimized(): boolean {
      return this.#minimized;
    }

    minimize(): void {
      this.#minimized = true;
    }

    restore(): void {
      this.#minimized = false;
    }

    isVisible(): boolean {
      return this.#place.isShown;
    }

    show(): void {
      this.#place.show();
      if (this.#painted) this.#tellOfPaint();
    }

    hide(): void {
      this.#place.hide();
    }

    maximize(): void {
      this.#place.change('maximized');
    }

    isMaximized(): boolean {
      return this.#place.state === 'maximized';
    }

    isFullScreen(): boolean {
      return this.#place.state === 'full-screen';
    }

    setFullScreen(on: boolean): void {
      this.#place.change(on ? 'full-screen' : 'normal');
    }

    getNormalBounds(): Bounds {
      return this.#place.bounds;
    }

    setBounds(bounds: Bounds): void {
      this.#place.move(bounds);
    }

    focus(): void {
      if (this.#minimized) return;
      this.#page.then(
        ({ targetId }) => report({ type: 'window-focused', targetId }),
        () => undefined,
      );
    }

    close(): void {
      if (this.tryClose()) world.app.windowClosed(this);
    }

    tryClose(): boolean {
      if (this.#closed) return true;
      const event = preventable({});
      this.emit('close', event);
      if (event.defaultPrevented) return false;
      this.#closed = true;
      world.app.windows.delete(this);
      this.#page.then(
        (page) => {
          report({ type: 'window-closed', targetId: page.targetId });
          return page.close();
        },
        // It was still opening when everything was closed.
        () => undefined,
      );
      this.webContents.destroy();
      this.emit('closed');
      return true;
    }

    /** The user chooses something that Chromium's editor does. */
    edit(command: string): void {
      void this.#page.then((page) => page.edit(command));
    }

    /** Windows ends the session: no `before-quit`, and no time once this has returned. */
    endSession(): void {
      this.emit('session-end', { reasons: ['shutdown'] });
    }

    /** The page's process ends. */
    crash(): void {
      void this.#page.then((page) => page.crash());
    }

    async #open(preload: string | null): Promise<Page> {
      const { app, origins, protocol } = world;
      const page = await Page.open({
        browser: app.chromium.browser,
        origins,
        protocol,
        names: { secret: randomUUID(), binding: '__standInToNode', port: PRELOAD_PORT },
        preload,
        size: this.#place.size,
        onMessage: ({ message, frame, answer }) => {
          if (this.#closed) return;
          if (message.kind === 'context-menu') {
            this.webContents.askForMenu(message.params, origins);
            return;
          }
          world.ipcMain.receive(message, { sender: this.webContents, senderFrame: frame }, answer);
        },
        onNavigation: (event, navigation) => this.webContents.emit(event, navigation),
        onOpen: (url) => this.webContents.askToOpen(url),
        onPaint: () => this.#paint(),
        onError: (text) => report({ type: 'page-error', text }),
        onGone: () => {
          const details = { reason: 'crashed', exitCode: 139 };
          this.webContents.emit('render-process-gone', {}, details);
          app.emit('render-process-gone', {}, this.webContents, details);
        },
      });
      this.webContents.connect(
        (message) => page.deliver(message),
        () => void this.loadURL(this.webContents.getURL()),
      );
      report({ type: 'window-opened', targetId: page.targetId });
      return page;
    }

    #paint(): void {
      if (this.#painted) return;
      this.#painted = true;
      // Wayland gives a window that was never shown no frame.
      if (!world.system.wayland || this.#place.isShown) this.#tellOfPaint();
    }

    #tellOfPaint(): void {
      if (this.#toldOfPaint) return;
      this.#toldOfPaint = true;
      setImmediate(() => this.emit('ready-to-show'));
    }
  };
}

/** Throws for a window less protected than the stand-in plays; answers the preload's source. */
function checkPreferences(preferences: Readonly<Record<string, unknown>>): string | null {
  refuseUnknown('web preferences', preferences, [...Object.keys(PLAYED), 'preload', 'spellcheck']);
  for (const [name, played] of Object.entries(PLAYED)) {
    if (preferences[name] !== played) {
      throw new Error(`The Electron stand-in plays only windows with ${name}: ${played}.`);
    }
  }
  const { preload, spellcheck } = preferences;
  // Electron's own default is to check, and so to fetch what it needs for that.
  if (spellcheck !== false && process.platform !== 'darwin') {
    throw new Error('The Electron stand-in checks no spelling.');
  }
  return typeof preload === 'string' ? readFileSync(preload, 'utf8') : null;
}
