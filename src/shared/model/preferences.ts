export const THEMES = ['system', 'light', 'dark'] as const;
export const TEXT_SIZES = ['small', 'standard', 'large', 'largest'] as const;

/** What a notification shows: name and text, the name alone, neither; or there is none at all. */
export const NOTICE_LEVELS = ['text', 'name', 'hidden', 'off'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];

/** How the page looks to this user. The core knows nothing of it; the host keeps it. */
export interface Preferences {
  readonly theme: (typeof THEMES)[number];
  readonly textSize: (typeof TEXT_SIZES)[number];
  /** A BCP 47 tag, which the page may not know; or `system`. */
  readonly language: string;
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

/** What can be a language's tag. */
export const LANGUAGE_TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}$/;

/** What was kept, with the default in place of all that is not understood. */
export function usablePreferences(kept: unknown): Preferences {
  const values: Readonly<Record<string, unknown>> =
    typeof kept === 'object' && kept !== null ? { ...kept } : {};
  const oneOf = <T>(name: keyof Preferences, known: readonly T[], otherwise: T): T =>
    known.find((it) => it === values[name]) ?? otherwise;
  const { language } = values;
  return {
    theme: oneOf('theme', THEMES, DEFAULT_PREFERENCES.theme),
    textSize: oneOf('textSize', TEXT_SIZES, DEFAULT_PREFERENCES.textSize),
    language: typeof language === 'string' && LANGUAGE_TAG.test(language) ? language : 'system',
    firstRunDone: values['firstRunDone'] === true,
    notifications: oneOf<Preferences['notifications']>('notifications', NOTICE_LEVELS, 'unset'),
  };
}

/** The page's HTML with preferences as attributes of its root: no script runs before it is painted. */
export function withPreferences(html: string, preferences: Preferences): string {
  const { theme, textSize, language } = preferences;
  const attributes = {
    lang: language === 'system' ? 'en' : language,
    'data-theme': theme,
    'data-text-size': textSize,
    'data-preferences': JSON.stringify(preferences).replaceAll('"', '&quot;'),
  };
  const text = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  return html.replace('<html lang="en">', () => `<html ${text.join(' ')}>`);
}
