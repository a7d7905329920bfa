import type { Problem } from '../../shared/problems/problem.ts';

/** The subject of a warning; each has at most one. */
export type WarningAbout =
  | 'history'
  /** How the page looks. */
  | 'page'
  /** The settings of the desktop app. */
  | 'desktop'
  | 'settings'
  | 'port'
  | 'folder'
  /** The storage quota for messages of strangers. */
  | 'strangers'
  /** A contact, or ourselves, online in two places. */
  | 'contact-copies'
  | 'own-copies';

/** The current warnings about our own side. */
export class Warnings {
  readonly #problems = new Map<WarningAbout, Problem>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Sets the warning on a subject; null clears it. */
  set(about: WarningAbout, problem: Problem | null): void {
    const before = this.#problems.get(about) ?? null;
    if (JSON.stringify(before) === JSON.stringify(problem)) return;
    if (problem === null) this.#problems.delete(about);
    else this.#problems.set(about, problem);
    this.#onChange();
  }
}
