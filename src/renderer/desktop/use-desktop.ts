import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DesktopState } from '../../shared/bridge/desktop-bridge.ts';
import type { DesktopStore } from './desktop-store.ts';

/** Null where there is no desktop app around the page. */
export const DesktopContext = createContext<DesktopStore | null>(null);

const never = () => () => {};
const nothing = () => null;

/** The desktop app around the page and what it is like now; null in a browser. */
export function useDesktop(): {
  readonly store: DesktopStore;
  readonly state: DesktopState;
} | null {
  const store = useContext(DesktopContext);
  const state = useSyncExternalStore(store?.subscribe ?? never, store?.get ?? nothing);
  return store && state && { store, state };
}
