import type { ShellBridge, ShellTexts } from '../../shared/bridge/shell-bridge.ts';
import { ENGLISH_SHELL_TEXTS } from '../../shared/bridge/shell-texts.ts';
import type { Language } from '../i18n/languages.ts';
import type { LanguageLoader } from '../preferences/language-loader.ts';

/** The words of menus and tray by language, each a chunk of its own: the page never shows them. */
const LOAD: { readonly [Tag in Language]: () => Promise<ShellTexts> } = {
  en: async () => ENGLISH_SHELL_TEXTS,
  de: async () => (await import('./texts/de.ts')).texts,
  es: async () => (await import('./texts/es.ts')).texts,
  fr: async () => (await import('./texts/fr.ts')).texts,
  ja: async () => (await import('./texts/ja.ts')).texts,
  'zh-Hans': async () => (await import('./texts/zh-hans.ts')).texts,
  ar: async () => (await import('./texts/ar.ts')).texts,
};

/** Keeps the desktop app's menus and tray in the language of the page. */
export function followLanguage(bridge: ShellBridge, languages: LanguageLoader): void {
  const tell = async (): Promise<void> => {
    const { language } = languages.get();
    const texts = await LOAD[language]();
    if (languages.get().language === language) await bridge.setShellTexts(texts);
  };
  languages.subscribe(() => void tell());
  void tell();
}
