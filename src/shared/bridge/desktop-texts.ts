import type { DesktopTexts } from './desktop-bridge.ts';
import menus from './menus.json' with { type: 'json' };

/** The words of menus and tray until a page has told those of the user's language. */
export const ENGLISH_DESKTOP_TEXTS: DesktopTexts = menus;
