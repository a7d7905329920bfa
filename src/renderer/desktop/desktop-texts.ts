import { ENGLISH_DESKTOP_TEXTS } from '../../shared/bridge/desktop-texts.ts';
import type { Catalog } from '../i18n/catalog.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import type { LanguageLoader } from '../preferences/language-loader.ts';
import type { DesktopChannel } from './desktop-store.ts';

/** Keeps the desktop app's menus and tray in the language of the page. */
export function followLanguage(bridge: DesktopChannel, languages: LanguageLoader): void {
  const tell = async (): Promise<void> => {
    const { language } = languages.get();
    const { menus = ENGLISH_DESKTOP_TEXTS }: Catalog = await LANGUAGES[language].load();
    if (languages.get().language === language) await bridge.setDesktopTexts(menus);
  };
  languages.subscribe(() => void tell());
  void tell();
}
