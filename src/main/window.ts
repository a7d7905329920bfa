import type { BrowserWindowConstructorOptions } from 'electron';

/** What of Electron's `BrowserWindow` is used. */
export interface AppWindow {
  loadURL(url: string): Promise<void>;
  once(event: 'ready-to-show', listener: () => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  isMinimized(): boolean;
  restore(): void;
  show(): void;
  focus(): void;
}

export interface WindowDeps {
  readonly create: (options: BrowserWindowConstructorOptions) => AppWindow;
  readonly isDark: () => boolean;
  readonly preload: string;
  readonly url: string;
  readonly onUnexpected: (error: unknown) => void;
}

// Shown until the page has painted: the page's own background, so that nothing flashes.
const BACKGROUND = { light: '#ffffff', dark: '#151819' } as const;

/** The app's one window: made when first asked for, brought to the front from then on. */
export class MainWindow {
  readonly #deps: WindowDeps;
  #window: AppWindow | null = null;

  constructor(deps: WindowDeps) {
    this.#deps = deps;
  }

  /** Opens the window, or brings it to the front. */
  present(): void {
    if (this.#window === null) {
      this.#window = this.#open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  #open(): AppWindow {
    const { create, isDark, preload, url, onUnexpected } = this.#deps;
    const window = create({
      title: 'Parley',
      width: 1000,
      height: 720,
      minWidth: 400,
      minHeight: 500,
      show: false,
      backgroundColor: isDark() ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
      },
    });
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      this.#window = null;
    });
    window.loadURL(url).catch(onUnexpected);
    return window;
  }
}
