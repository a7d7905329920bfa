import { type Bounds, report } from './control.ts';
import type { Screen } from './screen.ts';

export interface PlaceOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly show?: boolean;
}

/** What differs from one window system to another. */
export interface WindowSystem {
  /** As native Wayland: hiding a window takes its state away, and it paints only once it was shown. */
  readonly wayland: boolean;
}

type State = 'normal' | 'maximized' | 'full-screen';

const ENTERED = {
  normal: null,
  maximized: 'maximize',
  'full-screen': 'enter-full-screen',
} as const;
const LEFT = { normal: null, maximized: 'unmaximize', 'full-screen': 'leave-full-screen' } as const;

/**
 * Where a stand-in's window is, and whether it is in view, as a window manager would have it. Like
 * Electron's, it tells of a change only after the call that made it.
 */
export class WindowPlace {
  readonly #least: { readonly width: number; readonly height: number };
  readonly #emit: (event: string) => void;
  readonly #screen: Screen;
  readonly #wayland: boolean;
  #shown = false;
  /** What the window says of itself, which need not be where the user has put it. */
  #normal: Bounds | null = null;
  #state: State = 'normal';
  #bounds: Bounds;

  constructor(
    options: PlaceOptions,
    screen: Screen,
    { wayland }: WindowSystem,
    emit: (event: string) => void,
  ) {
    const { x, y, width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    if ((x === undefined) !== (y === undefined)) throw new Error('A place needs both x and y.');
    const { workArea } = screen.getPrimaryDisplay();
    const size = { width: Math.max(width, minWidth), height: Math.max(height, minHeight) };
    // Without a place, windows open in the middle.
    const middle = {
      x: workArea.x + Math.round((workArea.width - size.width) / 2),
      y: workArea.y + Math.round((workArea.height - size.height) / 2),
    };
    this.#least = { width: minWidth, height: minHeight };
    this.#bounds = { x: x ?? middle.x, y: y ?? middle.y, ...size };
    this.#emit = emit;
    this.#screen = screen;
    this.#wayland = wayland;
    if (options.show !== false) this.show();
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#bounds.width, height: this.#bounds.height };
  }

  /** When it is neither maximised nor full screen. */
  get bounds(): Bounds {
    return this.#normal ?? this.#bounds;
  }

  get isShown(): boolean {
    return this.#shown;
  }

  get state(): State {
    return this.#state;
  }

  show(): void {
    if (!this.#shown) report({ type: 'window-shown', bounds: this.#bounds, state: this.#state });
    this.#shown = true;
    this.#emit('show');
  }

  hide(): void {
    if (this.#shown) report({ type: 'window-hidden' });
    this.#shown = false;
    this.#emit('hide');
    if (!this.#wayland || this.#state === 'normal') return;
    // The window of before is gone; what is left of it says that it is as large as the screen.
    this.#normal = this.#screen.getPrimaryDisplay().workArea;
    this.change('normal');
    this.#later('resize');
  }

  move(wanted: Bounds): void {
    const width = Math.max(wanted.width, this.#least.width);
    const height = Math.max(wanted.height, this.#least.height);
    this.#bounds = { x: wanted.x, y: wanted.y, width, height };
    this.#normal = null;
    this.#later('move');
    this.#later('resize');
  }

  /** Maximising also shows a window that was not in view, as in Electron. */
  change(state: State): void {
    const before = this.#state;
    if (state === before) return;
    this.#state = state;
    if (state !== 'normal') this.#normal = null;
    if (state === 'maximized' && !this.#shown) this.show();
    for (const event of [LEFT[before], ENTERED[state]]) if (event !== null) this.#later(event);
  }

  #later(event: string): void {
    setImmediate(() => this.#emit(event));
  }
}
