import type { Catalog } from '../i18n/catalog.ts';
import * as english from '../i18n/catalogs/en/index.ts';
import { createI18n, type I18n } from '../i18n/i18n.ts';
import {
  chooseLanguage,
  LANGUAGE_TAGS,
  LANGUAGES,
  type LanguageChoice,
} from '../i18n/languages.ts';
import type { PreferenceStore } from './preferences.ts';

/** Keeps the language on screen equal to the one that is chosen, loading its catalog when needed. */
export class LanguageLoader {
  readonly #preferences: PreferenceStore;
  readonly #userLanguages: () => readonly string[];
  readonly #load: (choice: LanguageChoice) => Promise<Catalog>;
  readonly #listeners = new Set<() => void>();
  #now: I18n = createI18n({ language: 'en', locale: 'en' }, english);

  constructor(
    preferences: PreferenceStore,
    userLanguages: () => readonly string[],
    load = ({ language }: LanguageChoice): Promise<Catalog> => LANGUAGES[language].load(),
  ) {
    this.#preferences = preferences;
    this.#userLanguages = userLanguages;
    this.#load = load;
  }

  readonly get = (): I18n => this.#now;

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Loads what is chosen and follows it from now on. Settles when the first catalog is there. */
  async start(): Promise<void> {
    this.#preferences.subscribe(() => void this.update());
    await this.update();
  }

  /** Brings the language up to date; a catalog that cannot be loaded leaves it as it is. */
  async update(): Promise<void> {
    const choice = this.#choice();
    if (choice.language === this.#now.language && choice.locale === this.#now.locale) return;
    let catalog: Catalog;
    try {
      catalog = await this.#load(choice);
    } catch {
      return;
    }
    const latest = this.#choice();
    if (latest.language !== choice.language || latest.locale !== choice.locale) return;
    this.#now = createI18n(choice, catalog);
    for (const listener of this.#listeners) listener();
  }

  #choice(): LanguageChoice {
    const { language } = this.#preferences.get();
    const known = LANGUAGE_TAGS.find((it) => it === language) ?? 'system';
    return chooseLanguage(known, this.#userLanguages());
  }
}
