import menus from './menus.json' with { type: 'json' };
import type { ShellTexts } from './shell-bridge.ts';

/** The words of menus and tray until a page has told those of the user's language. */
export const ENGLISH_SHELL_TEXTS: ShellTexts = menus;
