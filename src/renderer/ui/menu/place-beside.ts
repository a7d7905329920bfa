/** Gap between a floating box and its anchor, and to the window's edge. Pixels. */
const GAP = 4;
const EDGE = 8;

/**
 * Places `box` (fixed, already shown) below `anchor`, or above it where there is no room below.
 * Their centres or their ends (in the given reading direction) are aligned, as far as the window
 * allows.
 */
export function placeBeside(
  box: HTMLElement,
  anchor: HTMLElement,
  line: 'ltr' | 'rtl' | 'middle',
): void {
  const near = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = near.bottom + GAP;
  const top = below + height > clientHeight - EDGE ? near.top - GAP - height : below;
  const spare = near.width - width;
  const left = near.left + { ltr: spare, rtl: 0, middle: spare / 2 }[line];
  box.style.top = `${Math.max(EDGE, top)}px`;
  box.style.left = `${Math.min(Math.max(EDGE, left), clientWidth - EDGE - width)}px`;
}
