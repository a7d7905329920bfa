import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Preferences } from '../../shared/model/preferences.ts';
import { PreferenceStore } from './preferences.ts';

export const PreferencesContext = createContext(new PreferenceStore());

/** The user's preferences, and the way to change some of them; a change holds at once. */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  const store = useContext(PreferencesContext);
  const now = useSyncExternalStore(store.subscribe, store.get);
  return [now, (change) => store.change(change)];
}
