import type { Session } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';

type SpellingSession = Pick<
  Session,
  'setSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'setSpellCheckerDictionaryDownloadURL'
>;

/**
 * Whether spelling can be checked without asking anybody. macOS checks it itself. On Windows and
 * Linux Chromium fetches dictionaries from a server of its maker, by the language somebody writes in,
 * as soon as a language has none; Electron has no switch for "only what is here".
 */
export function hasSpellCheck(platform: NodeJS.Platform): boolean {
  return platform === 'darwin';
}

/**
 * Prepares the session before its first window, and answers how to switch spell-checking. Where it
 * would fetch something it stays off: no language is chosen, and the place that dictionaries would
 * come from is our own scheme, which holds none and no network.
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
