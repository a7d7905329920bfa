/** Between a floating box and what it belongs to, and between it and the window's edge. Pixels. */
const GAP = 4;
const EDGE = 8;

/**
 * Puts `box` (fixed, already shown) below `anchor`, or above it where there is no room below. Their
 * middles or their ends (in the given reading direction) are in line, as far as the window allows.
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
