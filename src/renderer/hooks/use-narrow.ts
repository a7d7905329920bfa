import { useSyncExternalStore } from 'react';

/** As in the style sheets: below this, the list and the conversation take turns. */
const query = globalThis.matchMedia?.('(max-width: 44.99rem)');

function subscribe(listener: () => void): () => void {
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
}

/** Whether the window has room for one pane only. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query?.matches ?? false);
}
