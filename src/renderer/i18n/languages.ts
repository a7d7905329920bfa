import type { Catalog } from './catalog.ts';
import * as english from './catalogs/en/index.ts';

interface LanguageFacts {
  /** Its name in the language itself. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** The catalog: bundled with the page for English, a separate chunk for all others. */
  readonly load: () => Promise<Catalog>;
}

/** The supported languages, by BCP 47 tag. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr', load: async () => english },
  de: { name: 'Deutsch', dir: 'ltr', load: () => import('./catalogs/de/index.ts') },
  es: { name: 'Español', dir: 'ltr', load: () => import('./catalogs/es/index.ts') },
  fr: { name: 'Français', dir: 'ltr', load: () => import('./catalogs/fr/index.ts') },
  ja: { name: '日本語', dir: 'ltr', load: () => import('./catalogs/ja/index.ts') },
  'zh-Hans': { name: '简体中文', dir: 'ltr', load: () => import('./catalogs/zh-hans/index.ts') },
  ar: { name: 'العربية', dir: 'rtl', load: () => import('./catalogs/ar/index.ts') },
} as const satisfies Record<string, LanguageFacts>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

/** A language to show, and the locale for formatting numbers and dates. */
export interface LanguageChoice {
  readonly language: Language;
  /** May be more exact than the language: `de-AT`. */
  readonly locale: string;
}

/**
 * The language to show: the chosen one, or with `system` the first supported one of the user's
 * languages (`navigator.languages`), else English. Numbers and dates follow the user's own variant
 * of it where there is one.
 */
export function chooseLanguage(
  chosen: Language | 'system',
  userLanguages: readonly string[],
): LanguageChoice {
  for (const tag of userLanguages) {
    const language = languageOf(tag);
    if (language !== null && (chosen === 'system' || chosen === language)) {
      return { language, locale: tag };
    }
  }
  return chosen === 'system'
    ? { language: 'en', locale: 'en' }
    : { language: chosen, locale: chosen };
}

/** The language for readers of `tag`. Simplified Chinese is not used for Traditional. */
function languageOf(tag: string): Language | null {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag).maximize();
  } catch {
    return null;
  }
  const found = LANGUAGE_TAGS.find((it) => {
    const known = new Intl.Locale(it).maximize();
    return known.language === locale.language && known.script === locale.script;
  });
  return found ?? null;
}
