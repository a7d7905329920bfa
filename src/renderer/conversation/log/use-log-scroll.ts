import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Target } from '../../state/app-state.ts';
import { type Row, rowAt, seqAt, shiftOf } from '../../state/timeline.ts';

/** The scroll position of a conversation when it was left. */
export interface ScrollPlace {
  readonly atEnd: boolean;
  /** The topmost message, and how far it was above the edge. Pixels. */
  readonly seq: number;
  readonly offset: number;
}

/** This near to the end counts as at the end; this near to an edge loads more. Pixels. */
const END_SLACK = 32;
const NEAR = 1_200;
/** A jump is complete when nothing has moved for so many frames; after so many it is given up. */
const STILL_FRAMES = 2;
const MOST_FRAMES = 120;
/** For so long after an input event, scrolling counts as the user's. Milliseconds. */
const BY_HAND = 1_000;
const KEYS_UP = new Set(['ArrowUp', 'PageUp', 'Home', ' ']);

export interface LogScrollOptions {
  readonly rows: readonly Row[];
  /** Whether the rows reach up to the newest message. */
  readonly live: boolean;
  readonly unreadFrom: number | null;
  readonly start: ScrollPlace | undefined;
  readonly target: Target | null;
  readonly onPlace: (place: ScrollPlace) => void;
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
}

/**
 * Keeps the scroll position of a message log: at the end while the reader is there, else unmoved,
 * also when messages are added or removed above; at a message when one is to be shown.
 */
export function useLogScroll(options: LogScrollOptions) {
  const { rows, live, unreadFrom, start, target, onPlace, onNearStart, onNearEnd } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const begin = target === null && unreadFrom === null && (start?.atEnd ?? true);
  /** Whether the newest message is in view. */
  const [atEnd, setAtEnd] = useState(begin);
  const stick = useRef(begin);
  const last = useRef({ top: 0, height: 0, hand: Number.NEGATIVE_INFINITY });
  const drawn = useRef<{ rows: readonly Row[]; generation: number }>({ rows, generation: 0 });
  const change = shiftOf(drawn.current.rows, rows);
  /** Another number: another part of the conversation, to be laid out from scratch. */
  const generation = drawn.current.generation + (change === 'new' ? 1 : 0);
  const placed = useRef(-1);
  const shown = useRef<Target | null>(null);
  const latest = useRef(options);
  /** The current jump: rows added meanwhile would misdirect it. */
  const jump = useRef<object | null>(null);
  const newest = useRef(Number.POSITIVE_INFINITY);

  const follow = useCallback(() => {
    const box = scroller.current;
    if (!box || !stick.current) return;
    box.scrollTop = box.scrollHeight;
    last.current = { ...last.current, top: box.scrollTop, height: box.scrollHeight };
  }, []);

  const toEnd = useCallback(() => {
    stick.current = true;
    jump.current = null;
    setAtEnd(true);
    follow();
  }, [follow]);

  /** The `seq` of the topmost message in view. */
  const topSeq = useCallback(() => {
    const box = scroller.current;
    const index = box ? (list.current?.findItemIndex(box.scrollTop) ?? 0) : 0;
    return seqAt(latest.current.rows, index) ?? 0;
  }, []);

  const lookAround = useCallback(() => {
    const box = scroller.current;
    if (!box || jump.current !== null) return;
    if (box.scrollTop < NEAR) onNearStart();
    if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) onNearEnd();
  }, [onNearStart, onNearEnd]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    // A jump may pass the end on its way, unless everything is in view anyway.
    const passing = jump.current !== null && box.scrollHeight - box.clientHeight > END_SLACK;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight <= END_SLACK;
    const end = live && near && !passing;
    const { top, height, hand } = last.current;
    // A row measured for the first time changes the height, and the browser emits a scroll event.
    const moved = performance.now() - hand < BY_HAND || height === box.scrollHeight;
    if (end) stick.current = true;
    else if (moved && box.scrollTop < top) stick.current = false;
    last.current = { top: box.scrollTop, height: box.scrollHeight, hand };
    setAtEnd(end || stick.current);
    const seq = topSeq();
    const index = rowAt(latest.current.rows, seq);
    const offset = index < 0 ? 0 : box.scrollTop - (list.current?.getItemOffset(index) ?? 0);
    onPlace({ atEnd: stick.current, seq, offset });
    lookAround();
  }, [live, onPlace, topSeq, lookAround]);

  useLayoutEffect(() => {
    latest.current = options;
    drawn.current = { rows, generation };
  });

  useLayoutEffect(() => {
    if (rows.length === 0 || list.current === null) return;
    const to = (find: (rows: readonly Row[]) => number, align: 'start' | 'center', offset = 0) => {
      stick.current = false;
      const own = {};
      jump.current = own;
      const { hand } = last.current;
      let frames = 0;
      let still = 0;
      let top = -1;
      // Rows get their height only when they are laid out on the way, which moves the target: so it
      // is scrolled to again until nothing moves, however long a slow computer takes.
      const go = () => {
        if (jump.current !== own) return;
        const now = scroller.current?.scrollTop ?? 0;
        still = now === top ? still + 1 : 0;
        top = now;
        frames += 1;
        if (still >= STILL_FRAMES || frames > MOST_FRAMES || last.current.hand !== hand) {
          jump.current = null;
          onScroll();
          return;
        }
        list.current?.scrollToIndex(find(latest.current.rows), { align, offset });
        requestAnimationFrame(go);
      };
      // A new list knows its height only once its own effects have run.
      requestAnimationFrame(go);
    };
    const wanted = target !== null && shown.current !== target ? rowAt(rows, target.seq) : -1;
    if (wanted >= 0) {
      shown.current = target;
      to((all) => rowAt(all, target?.seq ?? 0), 'center');
    } else if (placed.current !== generation) {
      const lineIn = (all: readonly Row[]) => all.findIndex((it) => it.kind === 'unread');
      const keptIn = (all: readonly Row[]) => (start && !start.atEnd ? rowAt(all, start.seq) : -1);
      if (generation === 0 && keptIn(rows) >= 0) to(keptIn, 'start', start?.offset);
      else if (generation === 0 && lineIn(rows) >= 0) to(lineIn, 'start', -END_SLACK);
      else toEnd();
    } else if (live && change === 'keep' && isSent(rows.at(-1), newest.current)) toEnd();
    else follow();
    newest.current = seqAt(rows, rows.length - 1) ?? newest.current;
    placed.current = generation;
    lookAround();
  }, [rows, live, change, generation, target, start, follow, toEnd, lookAround, onScroll]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const byHand = (event: Event) => {
      if (event instanceof KeyboardEvent && !KEYS_UP.has(event.key)) return;
      // On the log itself, and not on its content: that is its scroll bar.
      if (event instanceof PointerEvent && event.target !== box) return;
      last.current = { ...last.current, hand: performance.now() };
    };
    const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    for (const hand of hands) box.addEventListener(hand, byHand, { passive: true });
    const observer = new ResizeObserver(() => {
      follow();
      onScroll();
    });
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => {
      for (const hand of hands) box.removeEventListener(hand, byHand);
      observer.disconnect();
    };
  }, [follow, onScroll]);

  /** Whether rows were added or removed at the start, so that the position is kept from the end. */
  const shift = change === 'shift';
  return { scroller, list, generation, shift, atEnd, onScroll, toEnd, topSeq };
}

/** Whether the user has just sent the message in `row`: it is newer than `before`, and pending. */
function isSent(row: Row | undefined, before: number): boolean {
  if (row?.kind !== 'message' || row.message.seq <= before) return false;
  return row.message.author === 'me' && ['queued', 'sending'].includes(row.message.state);
}
