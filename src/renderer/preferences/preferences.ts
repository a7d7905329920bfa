import {
  DEFAULT_PREFERENCES,
  type NoticeLevel,
  type Preferences,
  usablePreferences,
} from '../../shared/model/preferences.ts';
import type { HostKind } from '../host/bridge.ts';

/** The page's preferences: the host has served them with it, and is told of each change. */
export class PreferenceStore {
  readonly #listeners = new Set<() => void>();
  readonly #save: (change: Partial<Preferences>) => void;
  #now: Preferences;

  constructor(now = DEFAULT_PREFERENCES, save: (change: Partial<Preferences>) => void = () => {}) {
    this.#now = now;
    this.#save = save;
  }

  readonly get = (): Preferences => this.#now;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(change: Partial<Preferences>): void {
    this.take({ ...this.#now, ...change });
    this.#save(change);
  }

  /** What another page of the host has changed. */
  take(preferences: Preferences): void {
    this.#now = preferences;
    for (const listener of this.#listeners) listener();
  }
}

/** The preferences that the page was served with (`withPreferences`). */
export function servedPreferences({
  dataset,
}: {
  readonly dataset: Readonly<Record<string, string | undefined>>;
}): Preferences {
  try {
    return usablePreferences(JSON.parse(dataset['preferences'] ?? 'null'));
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

/**
 * What notifications show on this host. A desktop app may show them unasked, as the system lets it;
 * in a browser the user has to allow them first.
 */
export function noticeLevel({ notifications }: Preferences, host: HostKind): NoticeLevel {
  if (notifications !== 'unset') return notifications;
  return host === 'electron' ? 'text' : 'off';
}
