import type { Preferences } from '../../shared/model/preferences.ts';
import type { I18n } from '../i18n/i18n.ts';

/** Puts the looks onto the page's root element, where `tokens.css` finds them. */
export function applyLooks(root: HTMLElement, { theme, textSize }: Preferences): void {
  root.dataset['theme'] = theme;
  root.dataset['textSize'] = textSize;
}

/** Puts language and direction onto the root element, for styles, fonts and screen readers. */
export function applyLanguage(root: HTMLElement, { language, dir }: I18n): void {
  root.lang = language;
  root.dir = dir;
}
