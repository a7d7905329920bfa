import type { ShellBridge } from '../../shared/bridge/shell-bridge.ts';
import { ENGLISH_SHELL_TEXTS } from '../../shared/bridge/shell-texts.ts';
import type { Catalog } from '../i18n/catalog.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import type { LanguageLoader } from '../preferences/language-loader.ts';

/** Keeps the desktop app's menus and tray in the language of the page. */
export function followLanguage(bridge: ShellBridge, languages: LanguageLoader): void {
  const tell = async (): Promise<void> => {
    const { language } = languages.get();
    const { menus = ENGLISH_SHELL_TEXTS }: Catalog = await LANGUAGES[language].load();
    if (languages.get().language === language) await bridge.setShellTexts(menus);
  };
  languages.subscribe(() => void tell());
  void tell();
}
