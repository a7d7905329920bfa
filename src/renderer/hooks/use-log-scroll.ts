import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../../shared/model.ts';

/** Where a conversation was scrolled to when it was left. */
export interface ScrollPlace {
  readonly atEnd: boolean;
  readonly top: number;
}

/** This near to the end counts as at the end, and this near to the start asks for older ones. */
const END_SLACK = 32;
const START_SLACK = 300;

export interface LogScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** Whether the newest message is in view. */
  readonly atEnd: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/**
 * Keeps a message log where its reader wants it: at the end while they are there, else unmoved,
 * also when older messages are put in front.
 */
export function useLogScroll(options: {
  readonly messages: readonly Message[];
  readonly start: ScrollPlace | undefined;
  readonly onPlace: (place: ScrollPlace) => void;
  readonly onNearStart: () => void;
}): LogScroll {
  const { messages, start, onPlace, onNearStart } = options;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(start?.atEnd ?? true);
  const stick = useRef(start?.atEnd ?? true);
  const restore = useRef(start && !start.atEnd ? start.top : null);
  const before = useRef<{ readonly firstSeq: number; readonly height: number } | null>(null);

  const toEnd = useCallback(() => {
    stick.current = true;
    setAtEnd(true);
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const end = box.scrollHeight - box.scrollTop - box.clientHeight <= END_SLACK;
    stick.current = end;
    setAtEnd(end);
    onPlace({ atEnd: end, top: box.scrollTop });
    if (box.scrollTop < START_SLACK) onNearStart();
  }, [onPlace, onNearStart]);

  const firstSeq = messages[0]?.seq;
  const lastSeq = messages.at(-1)?.seq;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || firstSeq === undefined || lastSeq === undefined) return;
    const known = before.current;
    if (restore.current !== null) {
      box.scrollTop = restore.current;
      restore.current = null;
    } else if (stick.current) {
      box.scrollTop = box.scrollHeight;
    } else if (known && firstSeq < known.firstSeq) {
      box.scrollTop += box.scrollHeight - known.height;
    }
    before.current = { firstSeq, height: box.scrollHeight };
    if (box.scrollHeight <= box.clientHeight + START_SLACK) onNearStart();
  }, [firstSeq, lastSeq, onNearStart]);

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    // Scrolling must be possible with the keyboard alone.
    box.tabIndex = 0;
    const observer = new ResizeObserver(() => {
      if (stick.current) box.scrollTop = box.scrollHeight;
      if (before.current) before.current = { ...before.current, height: box.scrollHeight };
    });
    observer.observe(box);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, atEnd, onScroll, toEnd };
}
