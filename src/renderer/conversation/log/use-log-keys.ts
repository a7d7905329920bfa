import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Target } from '../../state/app-state.ts';
import { type Row, rowAt } from '../../state/timeline.ts';

/** How many frames to wait for the layout of a row before the focus is given up. */
const MAX_FRAMES = 30;

/**
 * Keyboard navigation in a message log: one tab stop, from which the arrow keys move from message
 * to message, Home and End to the first and last that are loaded, and Enter opens the menu.
 */
export function useLogKeys({
  rows,
  scroller,
  list,
  target,
}: {
  readonly rows: readonly Row[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly target: Target | null;
}) {
  const [chosen, setChosen] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const newest = rows.findLast((it) => it.kind === 'message');
  const last = newest?.kind === 'message' ? newest.message.seq : null;
  const there = rows.some((it) => it.kind === 'message' && it.message.seq === chosen);
  /** The `seq` of the message that is the tab stop. */
  const active = there ? chosen : last;

  const focusOn = useCallback(
    (seq: number) => {
      wanted.current = seq;
      setChosen(seq);
      let frames = 0;
      const attempt = () => {
        if (wanted.current !== seq) return;
        const item = scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
        // A row without a layout is invisible and cannot be focused.
        item?.focus({ preventScroll: true });
        frames += 1;
        if (item?.matches(':focus') || frames > MAX_FRAMES) wanted.current = null;
        else requestAnimationFrame(attempt);
      };
      requestAnimationFrame(attempt);
    },
    [scroller],
  );

  const followed = useRef<Target | null>(null);
  useEffect(() => {
    // Only when the jump is new: rows are added and removed afterwards.
    if (target === null || followed.current === target) return;
    followed.current = target;
    const row = rows[rowAt(rows, target.seq)];
    if (row?.kind !== 'message') return;
    if (target.focus) focusOn(row.message.seq);
    else setChosen(row.message.seq);
  }, [target, rows, focusOn]);

  const onFocus = (event: FocusEvent) => {
    const item = event.target instanceof Element ? event.target.closest('[data-seq]') : null;
    if (item instanceof HTMLElement) setChosen(Number(item.dataset['seq']));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const item = event.target;
    if (!(item instanceof HTMLElement) || item.dataset['seq'] === undefined) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      item.querySelector<HTMLElement>('.message-more')?.click();
      return;
    }
    const messages = rows.filter((it) => it.kind === 'message');
    // Keys may come faster than the focus follows: each continues from the last target.
    const from = wanted.current ?? Number(item.dataset['seq']);
    const at = messages.findIndex((it) => it.message.seq === from);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: Math.max(0, at - 1),
      ArrowDown: Math.min(messages.length - 1, at + 1),
      Home: 0,
      End: messages.length - 1,
    };
    const next = messages[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    list.current?.scrollToIndex(rows.indexOf(next), { align: 'nearest' });
    focusOn(next.message.seq);
  };

  return { active, onKeyDown, onFocus };
}
