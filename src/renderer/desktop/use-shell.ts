import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ShellState } from '../../shared/bridge/shell-bridge.ts';
import type { ShellStore } from './shell-store.ts';

/** Null where there is no desktop app around the page. */
export const ShellContext = createContext<ShellStore | null>(null);

const never = () => () => {};
const nothing = () => null;

/** The desktop app around the page and what it is like now; null in a browser. */
export function useShell(): { readonly store: ShellStore; readonly state: ShellState } | null {
  const store = useContext(ShellContext);
  const state = useSyncExternalStore(store?.subscribe ?? never, store?.get ?? nothing);
  return store && state && { store, state };
}
