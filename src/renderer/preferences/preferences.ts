import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';
import { LANGUAGE_TAGS, type Language } from '../i18n/languages.ts';
import type { PageStorage } from '../storage/page-storage.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export const TEXT_SIZES = ['small', 'standard', 'large', 'largest'] as const;

/** What a notification shows: name and text, the name alone, neither; or there is none at all. */
export const NOTICE_LEVELS = ['text', 'name', 'hidden', 'off'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];

/** How the page looks to this user, on this computer. The core knows nothing of it. */
export interface Preferences {
  readonly theme: (typeof THEMES)[number];
  readonly textSize: (typeof TEXT_SIZES)[number];
  readonly language: Language | 'system';
  /** Whether the questions of the first run were answered or passed over. */
  readonly firstRunDone: boolean;
  /** What notifications show; `unset` while the user has not chosen. */
  readonly notifications: NoticeLevel | 'unset';
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  textSize: 'standard',
  language: 'system',
  firstRunDone: false,
  notifications: 'unset',
};

/** The part of the page's storage that is used. */
export type PreferenceStorage = Pick<PageStorage, 'getItem' | 'setItem'>;

/** The preferences' place in the page's storage. */
export const PREFERENCES_KEY = 'parley.preferences';

/** The page's preferences: kept at once, and the same in every open page of this host. */
export class PreferenceStore {
  readonly #storage: PreferenceStorage | null;
  readonly #listeners = new Set<() => void>();
  #now: Preferences;

  /** `storage` is null where the browser has none; then nothing outlives the page. */
  constructor(storage: PreferenceStorage | null) {
    this.#storage = storage;
    this.#now = this.#read();
  }

  readonly get = (): Preferences => this.#now;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(change: Partial<Preferences>): void {
    this.#now = { ...this.#now, ...change };
    try {
      this.#storage?.setItem(PREFERENCES_KEY, JSON.stringify(this.#now));
    } catch {
      // Full or forbidden: it holds for as long as the page lives.
    }
    for (const listener of this.#listeners) listener();
  }

  /** Reads again what another page of the same host has written. */
  reload(): void {
    this.#now = this.#read();
    for (const listener of this.#listeners) listener();
  }

  #read(): Preferences {
    try {
      return parsePreferences(this.#storage?.getItem(PREFERENCES_KEY) ?? null);
    } catch {
      return DEFAULT_PREFERENCES;
    }
  }
}

/** What was kept, with the default in place of all that is not understood. */
export function parsePreferences(text: string | null): Preferences {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    return DEFAULT_PREFERENCES;
  }
  const values: Readonly<Record<string, unknown>> =
    typeof kept === 'object' && kept !== null ? { ...kept } : {};
  const oneOf = <T>(name: string, known: readonly T[], otherwise: T): T =>
    known.find((it) => it === values[name]) ?? otherwise;
  return {
    theme: oneOf('theme', THEMES, DEFAULT_PREFERENCES.theme),
    textSize: oneOf('textSize', TEXT_SIZES, DEFAULT_PREFERENCES.textSize),
    language: oneOf<Preferences['language']>('language', LANGUAGE_TAGS, 'system'),
    firstRunDone: values['firstRunDone'] === true,
    notifications: oneOf<Preferences['notifications']>('notifications', NOTICE_LEVELS, 'unset'),
  };
}

/**
 * What notifications show on this host. A desktop app may show them unasked, as the system lets it;
 * in a browser the user has to allow them first.
 */
export function noticeLevel({ notifications }: Preferences, host: ChatBridge['host']): NoticeLevel {
  if (notifications !== 'unset') return notifications;
  return host === 'electron' ? 'text' : 'off';
}
