import { useSyncExternalStore } from 'react';

/** As in the style sheets: below this, either the list or the conversation is shown. In rem. */
const TWO_PANES = 45;

/** Computed once per change and not per rendering: it needs the page's layout. */
let narrow: boolean | null = null;

function isNarrow(): boolean {
  const root = document.documentElement;
  // Not by a media query: its rem is the browser's text size, and not the one that the user chose.
  return root.clientWidth < TWO_PANES * Number.parseFloat(getComputedStyle(root).fontSize);
}

function subscribe(listener: () => void): () => void {
  const look = () => {
    narrow = isNarrow();
    listener();
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { attributeFilter: ['data-text-size'] });
  window.addEventListener('resize', look);
  look();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', look);
  };
}

/** Whether the window has room for one pane only, at the text size that the user chose. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => (narrow ??= isNarrow()));
}
