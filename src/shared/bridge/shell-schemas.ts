import { z } from 'zod';
import {
  MAX_SHELL_TEXT,
  type ShellCommandName,
  type ShellInput,
  type ShellTexts,
} from './shell-bridge.ts';
import { ENGLISH_SHELL_TEXTS } from './shell-texts.ts';

const nothing = z.strictObject({});
const text = z.string().min(1).max(MAX_SHELL_TEXT);
const texts = Object.fromEntries(Object.keys(ENGLISH_SHELL_TEXTS).map((key) => [key, text])) as {
  readonly [Key in keyof ShellTexts]: typeof text;
};

/** What the desktop app takes from its page; everything is unknown until parsed. */
export const shellSchemas: { readonly [Name in ShellCommandName]: z.ZodType<ShellInput<Name>> } = {
  shellState: nothing,
  updateShell: z.strictObject({
    closeToTray: z.boolean().optional(),
    startAtLogin: z.boolean().optional(),
    autoUpdate: z.boolean().optional(),
    spellCheck: z.boolean().optional(),
  }),
  checkForUpdate: nothing,
  installUpdate: nothing,
  openLog: nothing,
  setShellTexts: z.strictObject(texts),
};
