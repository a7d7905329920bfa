import { z } from 'zod';
import type { Schemas } from './channel.ts';
import { type DesktopCommands, type DesktopTexts, MAX_DESKTOP_TEXT } from './desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from './desktop-texts.ts';

const nothing = z.strictObject({});
const text = z.string().min(1).max(MAX_DESKTOP_TEXT);
const texts = Object.fromEntries(Object.keys(ENGLISH_DESKTOP_TEXTS).map((key) => [key, text])) as {
  readonly [Key in keyof DesktopTexts]: typeof text;
};

/** What the desktop app takes from its page. */
export const desktopSchemas: Schemas<DesktopCommands> = {
  desktopState: nothing,
  updateDesktop: z.strictObject({
    closeToTray: z.boolean().optional(),
    startAtLogin: z.boolean().optional(),
    autoUpdate: z.boolean().optional(),
    spellCheck: z.boolean().optional(),
  }),
  checkForUpdate: nothing,
  installUpdate: nothing,
  openLog: nothing,
  setDesktopTexts: z.strictObject(texts),
};
