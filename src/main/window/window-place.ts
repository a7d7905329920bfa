import type Electron from 'electron';

/** In device-independent pixels. */
export type Rectangle = Readonly<Electron.Rectangle>;

/** The displays; `workArea` excludes the system's bars. */
export type Display = Pick<Electron.Display, 'bounds' | 'workArea'>;

/** The window's placement on one arrangement of displays. */
export interface SavedPlace {
  /** The arrangement: see `layoutOf`. */
  readonly layout: string;
  /** When neither maximised nor full screen. */
  readonly bounds: Rectangle;
  readonly state: 'normal' | 'maximized' | 'full-screen';
}

/** How a window opens. Without `x` and `y` the system chooses the position. */
export interface Placement {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly state: SavedPlace['state'];
}

export const MIN_SIZE = { width: 400, height: 500 } as const;
const FIRST_SIZE = { width: 1000, height: 720 } as const;
/** Arrangements that are remembered; a laptop has a few. */
export const MAX_LAYOUTS = 8;
/** The minimum part of the top edge that must be visible, so that the window can be dragged. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * A key for an arrangement of displays: the same displays at the same positions have the same key.
 */
export function layoutOf(displays: readonly Display[]): string {
  return displays
    .map(({ bounds: { x, y, width, height } }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ');
}

/** `places` with a new one added, newest first. */
export function rememberPlace(
  places: readonly SavedPlace[],
  place: SavedPlace,
): readonly SavedPlace[] {
  return [place, ...places.filter(({ layout }) => layout !== place.layout)].slice(0, MAX_LAYOUTS);
}

/**
 * Where the window opens: its placement on this arrangement of displays, else the last one, moved
 * completely into view. `displays` begins with the primary one.
 */
export function placeFor(places: readonly SavedPlace[], displays: readonly Display[]): Placement {
  const layout = layoutOf(displays);
  const same = places.find((it) => it.layout === layout);
  const saved = same ?? places[0];
  const [primary] = displays;
  if (primary === undefined) return { bounds: FIRST_SIZE, state: 'normal' };
  if (saved === undefined) return { bounds: fitted(FIRST_SIZE, primary), state: 'normal' };
  const { bounds, state } = saved;
  const stays = same !== undefined && displays.some((it) => canBeMoved(bounds, it));
  return {
    bounds: stays ? bounds : movedInto(bounds, nearest(bounds, primary, displays)),
    state,
  };
}

function fitted<T extends { readonly width: number; readonly height: number }>(
  size: T,
  { workArea }: Display,
): T {
  return {
    ...size,
    width: Math.min(Math.max(size.width, MIN_SIZE.width), workArea.width),
    height: Math.min(Math.max(size.height, MIN_SIZE.height), workArea.height),
  };
}

function movedInto(bounds: Rectangle, display: Display): Rectangle {
  const { workArea } = display;
  const { width, height } = fitted(bounds, display);
  return {
    x: clamp(bounds.x, workArea.x, workArea.x + workArea.width - width),
    y: clamp(bounds.y, workArea.y, workArea.y + workArea.height - height),
    width,
    height,
  };
}

function canBeMoved(bounds: Rectangle, { workArea }: Display): boolean {
  const top = { ...bounds, height: GRIP.height };
  const { width, height } = overlap(top, workArea);
  return width >= Math.min(GRIP.width, bounds.width) && height === GRIP.height;
}

/** The display that shows most of `bounds`; the primary one when none shows any. */
function nearest(bounds: Rectangle, primary: Display, displays: readonly Display[]): Display {
  const shown = (display: Display): number => {
    const { width, height } = overlap(bounds, display.workArea);
    return width * height;
  };
  return displays.reduce((best, it) => (shown(it) > shown(best) ? it : best), primary);
}

function overlap(a: Rectangle, b: Rectangle): { readonly width: number; readonly height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
