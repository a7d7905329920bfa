import type { Session } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';

type SpellingSession = Pick<
  Session,
  'setSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'setSpellCheckerDictionaryDownloadURL'
>;

/**
 * Whether spelling can be checked without a network request. macOS checks it itself. On Windows and
 * Linux Chromium downloads dictionaries from its maker's server, by the language of the text, as
 * soon as a language has none; Electron has no option for local ones only.
 */
export function hasSpellCheck(platform: NodeJS.Platform): boolean {
  return platform === 'darwin';
}

/**
 * Configures the session before its first window, and returns a function that switches
 * spell-checking. Where that would download a dictionary it stays off: no language is chosen, and
 * the dictionary URL is in our own scheme, which serves none.
 */
export function setUpSpelling(
  session: SpellingSession,
  platform: NodeJS.Platform,
): (on: boolean) => void {
  if (hasSpellCheck(platform)) return (on) => session.setSpellCheckerEnabled(on);
  session.setSpellCheckerDictionaryDownloadURL(`${APP_ORIGIN}/no-dictionaries/`);
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  return () => {};
}
