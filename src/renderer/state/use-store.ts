import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Self } from '../../shared/model/model.ts';
import type { ChatStore } from './store.ts';

/** Null outside of the app, where nothing is drawn that needs it. */
export const StoreContext = createContext<ChatStore | null>(null);

/** The page's store; it stays the same for as long as the page lives. */
export function useStore(): ChatStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('This is drawn outside of the app.');
  return store;
}

/** Our own side; null until the core has told. */
export function useSelf(): Self | null {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.getState().snapshot?.self ?? null);
}

/** Copies a text; resolves to whether it worked. */
export function useCopy(): (text: string) => Promise<boolean> {
  const store = useStore();
  return useCallback(async (text) => (await store.copyText(text)) === null, [store]);
}
