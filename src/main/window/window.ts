import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Emits, Preventable } from '../base/emits.ts';
import { MIN_SIZE, type Placement, type SavedPlace } from './window-place.ts';

const PLACE_EVENTS = [
  'resize',
  'move',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
] as const;

type Asked = 'isVisible' | 'isMinimized' | 'isMaximized' | 'isFullScreen' | 'getNormalBounds';
type Done = 'loadURL' | 'restore' | 'maximize' | 'setFullScreen' | 'show' | 'hide' | 'focus';
type Told = 'closed' | 'show' | 'session-end' | (typeof PLACE_EVENTS)[number];

/** The part of Electron's `BrowserWindow` that is used. */
export type AppWindow = Pick<BrowserWindow, Asked | Done> &
  Emits<Record<Told, []>> &
  Emits<{ close: [Preventable] }> &
  Emits<{ 'ready-to-show': []; 'leave-full-screen': [] }, 'once'>;

export interface WindowDeps {
  readonly create: (options: BrowserWindowConstructorOptions) => AppWindow;
  readonly platform: NodeJS.Platform;
  /** The app's icon: on Linux, a window has none unless it is given one. */
  readonly icon: () => NonNullable<BrowserWindowConstructorOptions['icon']>;
  readonly isDark: () => boolean;
  readonly preload: string;
  readonly url: string;
  /** Whether Chromium may check spelling (spelling.ts). */
  readonly spellcheck: boolean;
  /** Its initial placement, evaluated each time. */
  readonly placement: () => Placement;
  /** Called with the window's placement some time after it has changed. */
  readonly onPlace: (place: Omit<SavedPlace, 'layout'>) => void;
  /** Whether closing the window only hides it; evaluated at each closing. */
  readonly hidesOnClose: () => boolean;
  /** The user has closed the window, and it is hidden. */
  readonly onHidden: () => void;
  /** The window was shown, for whatever reason. */
  readonly onShown: () => void;
  /** Windows ends the session, and the app with it, as soon as this returns. */
  readonly onSessionEnd: () => void;
  /** Runs `task` after `delay` milliseconds unless the returned function is called. */
  readonly after: (delay: number, task: () => void) => () => void;
  readonly onUnexpected: (error: unknown) => void;
}

// Shown until the page has painted: the page's own background, so that nothing flashes.
const BACKGROUND = { light: '#ffffff', dark: '#151819' } as const;

/** A window that is dragged reports its position many times a second. Milliseconds. */
const SETTLED = 500;

/**
 * How long a loaded page may take to paint before its window is shown anyway. Native Wayland gives
 * a window that was never shown no frame to paint, so on Linux there is no waiting; some Windows
 * computers without a graphics card never report a first frame either. Milliseconds.
 */
const PAINTS_WITHIN = 1_500;
/** Whatever the page does, a requested window is shown after this time. Milliseconds. */
const SHOWN_WITHIN = 5_000;

/** The app's one window: created when first requested, brought to the front from then on. */
export class MainWindow {
  readonly #deps: WindowDeps;
  #window: AppWindow | null = null;
  /**
   * Whether there is something to show, or no point in waiting for it; until then, showing is
   * postponed.
   */
  #showable = false;
  #wanted = false;
  #cancelTimers: () => void = () => undefined;
  #state: SavedPlace['state'] = 'normal';
  #quitting = false;

  constructor(deps: WindowDeps) {
    this.#deps = deps;
  }

  /** Opens the window, or brings it to the front. */
  present(): void {
    const again = this.#wanted;
    this.#wanted = true;
    this.prepare();
    const window = this.#window;
    if (window === null) return;
    // A second request shows even a page that cannot paint.
    if (!this.#showable && !again) {
      this.#waitFor(SHOWN_WITHIN, window);
      return;
    }
    if (window.isMinimized()) window.restore();
    this.#show(window);
    window.focus();
  }

  /** Loads the page without showing it: the page shows the notifications. */
  prepare(): void {
    this.#window ??= this.#open();
  }

  /** From now on closing does not hide. */
  quitting(): void {
    this.#quitting = true;
  }

  #open(): AppWindow {
    const { create, platform, icon, isDark, preload, url, spellcheck, placement, onUnexpected } =
      this.#deps;
    const { bounds, state } = placement();
    const window = create({
      title: 'Parley',
      ...bounds,
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      ...(platform === 'linux' && { icon: icon() }),
      backgroundColor: isDark() ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck,
      },
    });
    this.#showable = false;
    this.#state = state;
    window.once('ready-to-show', () => this.#canBeShown(window));
    window.on('show', this.#deps.onShown);
    window.on('session-end', this.#deps.onSessionEnd);
    this.#followPlace(window);
    window
      .loadURL(url)
      .catch((error: unknown) => {
        // A window that was closed while it loaded is not an error.
        if (this.#window === window) onUnexpected(error);
      })
      .then(() => {
        if (platform === 'linux') this.#canBeShown(window);
        else this.#waitFor(PAINTS_WITHIN, window);
      })
      .catch(onUnexpected);
    return window;
  }

  #waitFor(delay: number, window: AppWindow): void {
    if (this.#showable || this.#window !== window) return;
    const before = this.#cancelTimers;
    const cancel = this.#deps.after(delay, () => this.#canBeShown(window));
    this.#cancelTimers = () => {
      before();
      cancel();
    };
  }

  #canBeShown(window: AppWindow): void {
    if (this.#showable || this.#window !== window) return;
    this.#showable = true;
    this.#stopWaiting();
    if (this.#wanted) this.#show(window);
  }

  #stopWaiting(): void {
    this.#cancelTimers();
    this.#cancelTimers = () => undefined;
  }

  /** The state is restored only when the window is first shown: both calls would show it. */
  #show(window: AppWindow): void {
    const state = this.#state;
    this.#state = 'normal';
    if (state === 'maximized') window.maximize();
    window.show();
    if (state === 'full-screen') window.setFullScreen(true);
  }

  #followPlace(window: AppWindow): void {
    const { after, onPlace, hidesOnClose } = this.#deps;
    let cancel: (() => void) | null = null;
    const tell = (): void => {
      cancel?.();
      cancel = null;
      // Before it is first shown, it is not placed yet; while hidden, it may have lost its state
      // (Wayland).
      if (this.#state !== 'normal' || !window.isVisible() || window.isMinimized()) return;
      const state = window.isFullScreen()
        ? 'full-screen'
        : window.isMaximized()
          ? 'maximized'
          : 'normal';
      onPlace({ bounds: window.getNormalBounds(), state });
    };
    const soon = (): void => {
      cancel?.();
      cancel = after(SETTLED, tell);
    };
    for (const event of PLACE_EVENTS) window.on(event as 'move', soon);
    window.on('close', (event) => {
      tell();
      if (this.#quitting || !hidesOnClose()) return;
      event.preventDefault();
      this.#hide(window);
    });
    window.on('closed', () => {
      cancel?.();
      this.#stopWaiting();
      this.#window = null;
      this.#wanted = false;
    });
  }

  /** On macOS, hiding a full-screen window leaves the screen black. */
  #hide(window: AppWindow): void {
    this.#wanted = false;
    const hide = (): void => {
      if (this.#wanted) return;
      window.hide();
      this.#deps.onHidden();
    };
    if (window.isFullScreen()) {
      this.#state = 'full-screen';
      window.once('leave-full-screen', hide);
      window.setFullScreen(false);
      return;
    }
    // On Wayland a hidden window is a new one when it is shown again, of its normal size.
    if (window.isMaximized()) this.#state = 'maximized';
    hide();
  }
}
