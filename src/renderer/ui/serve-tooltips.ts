import { placeBeside } from './menu/place-beside.ts';

/**
 * How long the pointer rests on an element, or a finger presses it, before its tooltip is shown.
 * Milliseconds.
 */
const REST = 500;
/**
 * How long the tooltip stays after the pointer has left, so that it can be moved onto it.
 * Milliseconds.
 */
const GRACE = 150;
/** How long the tooltip stays after the finger was lifted. Milliseconds. */
const READ = 1_500;

/** Keys that move the focus: only those show a tooltip, not a focus moved by script. */
const MOVES = /^(Tab|Arrow|Home|End|Page)/;

/**
 * Shows in `box` (a manual popover) the `data-tip` of the element that the user reaches in `page`,
 * as WCAG 1.4.13 requires: it stays while the element or the tooltip is hovered, and Escape closes
 * it and does nothing else. Lasts until the returned function is called.
 */
export function serveTooltips(page: Document, box: HTMLElement): () => void {
  /** The element of the tooltip, shown or about to be. */
  let anchor: HTMLElement | null = null;
  let timer = 0;
  /** Whether a key that moves the focus is down. */
  let moving = false;
  let held = false;
  let touching = false;
  /** Whether the focus showed the tooltip, so that it closes with the focus. */
  let focused = false;

  const isShown = () => box.matches(':popover-open');
  const later = (delay: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, delay);
  };
  const hide = () => {
    clearTimeout(timer);
    if (isShown()) box.hidePopover();
    anchor = null;
    focused = false;
  };
  const show = () => {
    const tip = anchor?.isConnected ? anchor.dataset['tip'] : undefined;
    if (!anchor || !tip) return;
    box.textContent = tip;
    // Shown again, it is above a dialog that was opened meanwhile.
    if (isShown()) box.hidePopover();
    box.showPopover();
    placeBeside(box, anchor, 'middle');
  };

  const onPointerOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch' || touching) return;
    const found = tipped(target);
    if (found !== null && found === anchor) {
      // Back before it closed, or still pending.
      if (isShown()) clearTimeout(timer);
    } else if (found) {
      const wait = isShown() ? 0 : REST;
      anchor = found;
      focused = false;
      later(wait, show);
    } else if (target === box) clearTimeout(timer);
    else if (!isShown()) hide();
  };
  /**
   * While a dialog is open, the tooltip gets no pointer events; its position counts all the same.
   */
  const onPointerMove = ({ target, pointerType, clientX, clientY }: PointerEvent) => {
    if (pointerType === 'touch' || !isShown() || focused) return;
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const onTip = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    if (onTip || anchor?.contains(target as Node)) clearTimeout(timer);
    else later(GRACE, hide);
  };
  const onPointerDown = ({ target, pointerType }: PointerEvent) => {
    held = false;
    touching = pointerType === 'touch';
    hide();
    if (!touching) return;
    anchor = tipped(target);
    later(REST, () => {
      held = true;
      show();
    });
  };
  const onPointerUp = () => {
    if (!touching) return;
    touching = false;
    if (held) later(READ, hide);
    else hide();
  };
  /** The press was for reading the tooltip; lifting the finger does not press the button. */
  const onClick = (event: Event) => {
    if (held) stop(event);
    held = false;
  };
  const onFocusIn = ({ target }: FocusEvent) => {
    if (!moving) return;
    hide();
    anchor = tipped(target);
    focused = anchor !== null && anchor === target;
    if (focused) show();
  };
  /** A focus moved by script does not affect what the pointer rests on. */
  const onFocusOut = () => {
    if (focused) hide();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    moving = MOVES.test(event.key);
    if (event.key === 'Escape' && isShown()) stop(event);
    if (event.key !== 'Shift') hide();
  };
  const onKeyUp = () => {
    moving = false;
  };

  /**
   * A tooltip does not scroll along. Scrolling elsewhere, such as new messages, does not hide it,
   * and scrolling before it is shown does not cancel it: the pointer may still be there.
   */
  const onScroll = ({ target }: Event) => {
    if (isShown() && target instanceof Node && target.contains(anchor)) hide();
  };

  const over = new AbortController();
  const on = { capture: true, signal: over.signal };
  page.addEventListener('pointerover', onPointerOver, on);
  page.addEventListener('pointermove', onPointerMove, on);
  page.addEventListener('pointerdown', onPointerDown, on);
  page.addEventListener('pointerup', onPointerUp, on);
  page.addEventListener('pointercancel', onPointerUp, on);
  page.addEventListener('click', onClick, on);
  page.addEventListener('focusin', onFocusIn, on);
  page.addEventListener('focusout', onFocusOut, on);
  page.addEventListener('keydown', onKeyDown, on);
  page.addEventListener('keyup', onKeyUp, on);
  page.addEventListener('scroll', onScroll, on);
  page.defaultView?.addEventListener('resize', hide, on);
  return () => {
    hide();
    over.abort();
  };
}

/** The element with a tooltip at `target`, or null. */
function tipped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
