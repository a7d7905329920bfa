import { useEffect } from 'react';
import { markWords } from '../../state/marks.ts';

/** Maximum number of highlights: a single letter is found everywhere. */
const MOST = 2_000;

/**
 * Highlights the words of `query` in the messages on the page, those of the message at `here` more
 * strongly, while the component is mounted. (By the CSS Custom Highlight API: the text is
 * unchanged, also while it is selected, copied, or read aloud.)
 */
export function useHighlight(query: string, here: number | null): void {
  useEffect(() => {
    const log = document.querySelector('.log');
    if (!log || query.trim() === '' || !('highlights' in CSS)) return;
    let frame = 0;
    const mark = () => {
      frame = 0;
      const all = new Highlight();
      const now = new Highlight();
      now.priority = 1;
      for (const bubble of log.querySelectorAll('.bubble')) {
        const at = bubble.closest<HTMLElement>('[data-seq]')?.dataset['seq'];
        const into = here !== null && at === String(here) ? now : all;
        for (const range of rangesIn(bubble, query)) {
          if (all.size + now.size < MOST) into.add(range);
        }
      }
      CSS.highlights.set('found', all);
      CSS.highlights.set('found-here', now);
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(mark);
    };
    // Messages are added and removed while scrolling.
    const observer = new MutationObserver(later);
    observer.observe(log, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      CSS.highlights.delete('found');
      CSS.highlights.delete('found-here');
    };
  }, [query, here]);
}

/**
 * Where the words of `query` are in the text of `element`; a word that is split by a link is not
 * found.
 */
function* rangesIn(element: Element, query: string): Generator<Range> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    let at = 0;
    for (const { text, hit } of markWords(node.nodeValue ?? '', query)) {
      if (hit) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        yield range;
      }
      at += text.length;
    }
  }
}
