import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Display,
  layoutOf,
  MAX_LAYOUTS,
  placeFor,
  type Rectangle,
  rememberPlace,
  type SavedPlace,
} from '../../../../src/main/window/window-place.ts';

function display(x: number, y: number, width: number, height: number): Display {
  return {
    bounds: { x, y, width, height },
    // A bar at the top, as on macOS.
    workArea: { x, y: y + 25, width, height: height - 25 },
  };
}

const LAPTOP = display(0, 0, 1440, 900);
const SCREEN = display(1440, 0, 2560, 1440);
const BOTH = [LAPTOP, SCREEN];
const BOUNDS = { x: 1600, y: 200, width: 1100, height: 800 };

function saved(displays: readonly Display[], bounds: Rectangle = BOUNDS): SavedPlace {
  return { layout: layoutOf(displays), bounds, state: 'normal' };
}

describe('the window’s placement', () => {
  test('is left to the system the first time, at a size that fits', () => {
    expect(placeFor([], BOTH)).toEqual({ bounds: { width: 1000, height: 720 }, state: 'normal' });
    const small = placeFor([], [display(0, 0, 800, 600)]);
    expect(small.bounds).toEqual({ width: 800, height: 575 });
  });

  test('is restored, with its state', () => {
    const place = { ...saved(BOTH), state: 'maximized' } as const;
    expect(placeFor([place], BOTH)).toEqual({ bounds: BOUNDS, state: 'maximized' });
  });

  test('is the one stored for these displays, not for others', () => {
    const there = saved([LAPTOP], { x: 50, y: 60, width: 700, height: 650 });
    expect(placeFor([saved(BOTH), there], [LAPTOP]).bounds).toEqual(there.bounds);
    expect(placeFor([there, saved(BOTH)], BOTH).bounds).toEqual(BOUNDS);
  });

  test('is moved onto a remaining display, at the same size', () => {
    const { bounds } = placeFor([saved(BOTH)], [LAPTOP]);
    expect(bounds).toEqual({ x: 340, y: 100, width: 1100, height: 800 });
  });

  test('may be partly off screen, as long as the window can be dragged', () => {
    const out = { x: -500, y: 30, width: 1000, height: 700 };
    expect(placeFor([saved([LAPTOP], out)], [LAPTOP]).bounds).toEqual(out);
    const lost = { ...out, x: -950 };
    expect(placeFor([saved([LAPTOP], lost)], [LAPTOP]).bounds).toMatchObject({ x: 0 });
    const above = { ...out, y: 0 };
    expect(placeFor([saved([LAPTOP], above)], [LAPTOP]).bounds).toMatchObject({ x: 0, y: 25 });
  });

  test('does not depend on the order of the displays', () => {
    expect(layoutOf([SCREEN, LAPTOP])).toBe(layoutOf(BOTH));
    expect(layoutOf([LAPTOP])).not.toBe(layoutOf(BOTH));
  });

  test('is stored per arrangement of displays, newest first, for a few', () => {
    const many = Array.from({ length: MAX_LAYOUTS + 3 }, (_, it) =>
      saved([display(0, 0, 1000 + it, 900)]),
    );
    const kept = many.reduce<readonly SavedPlace[]>(rememberPlace, []);
    expect(kept).toEqual(many.toReversed().slice(0, MAX_LAYOUTS));
    const again = many[5] ?? saved(BOTH);
    expect(rememberPlace(kept, again)).toHaveLength(MAX_LAYOUTS);
    expect(rememberPlace(kept, again)[0]).toBe(again);
  });

  test('always leaves the window draggable, wherever it was and whatever the displays', () => {
    const number = fc.integer({ min: -5_000, max: 5_000 });
    const length = fc.integer({ min: 640, max: 4_000 });
    const anyDisplay = fc.tuple(number, number, length, length).map((it) => display(...it));
    const displays = fc.array(anyDisplay, { minLength: 1, maxLength: 3 });
    const size = fc.integer({ min: 1, max: 6_000 });
    const bounds = fc.record({ x: number, y: number, width: size, height: size });
    fc.assert(
      fc.property(displays, displays, bounds, fc.boolean(), (before, now, at, same) => {
        const place = placeFor([saved(same ? now : before, at)], now).bounds;
        const { x = 0, y = 0, width } = place;
        const grip = Math.min(120, width);
        const reachable = now.some(({ workArea: area }) => {
          const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
          return shown >= grip && y >= area.y && y + 32 <= area.y + area.height;
        });
        expect(reachable).toBe(true);
      }),
    );
  });
});
