import { join } from 'node:path';
import {
  DEFAULT_PREFERENCES,
  type Preferences,
  usablePreferences,
} from '../../shared/model/preferences.ts';
import { type Problem, problemOf } from '../../shared/problems/problem.ts';
import { writeTextFileSync } from '../base/atomic-file.ts';
import { readSmallFile } from '../base/small-file.ts';

/** In the profile's folder: how its page looks. */
export const PAGE_FILE = 'page.json';

/** More than is ever written; what is larger is not ours. */
const MAX_FILE = 64 * 1024;

export interface PageFileDeps {
  /** The profile's folder; null keeps nothing on disk. */
  readonly folder: string | null;
  readonly onUnexpected: (error: unknown) => void;
  /** Told after each write: with the problem, or with null on success. */
  readonly onWritten?: ((problem: Problem | null) => void) | undefined;
}

/** The page's preferences, in a file that only the user may read. */
export class PageFile {
  readonly #deps: PageFileDeps;
  #preferences: Preferences;

  private constructor(deps: PageFileDeps, preferences: Preferences) {
    this.#deps = deps;
    this.#preferences = preferences;
  }

  /** Reads the file. An unusable one is reported, and replaced with the next change. */
  static async open(deps: PageFileDeps): Promise<PageFile> {
    const { folder, onUnexpected } = deps;
    if (folder === null) return new PageFile(deps, DEFAULT_PREFERENCES);
    try {
      const bytes = await readSmallFile(join(folder, PAGE_FILE), MAX_FILE);
      const kept: unknown = bytes === null ? null : JSON.parse(bytes.toString('utf8'));
      return new PageFile(deps, usablePreferences(kept));
    } catch (error) {
      onUnexpected(error);
      return new PageFile(deps, DEFAULT_PREFERENCES);
    }
  }

  get preferences(): Preferences {
    return this.#preferences;
  }

  /** Written at once, whole or not at all; a disk that refuses takes nothing from this run. */
  change(change: Partial<Preferences>): void {
    const { folder, onUnexpected, onWritten = () => {} } = this.#deps;
    this.#preferences = { ...this.#preferences, ...change };
    if (folder === null) return;
    try {
      const text = `${JSON.stringify(this.#preferences, null, 2)}\n`;
      writeTextFileSync(join(folder, PAGE_FILE), text);
      onWritten(null);
    } catch (error) {
      onUnexpected(error);
      onWritten(problemOf(error));
    }
  }
}
