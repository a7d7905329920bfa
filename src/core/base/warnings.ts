import type { Problem } from '../../shared/problems/problem.ts';

/** What a warning is about; there is one of each at most. */
export type WarningAbout =
  | 'history'
  /** What the page keeps: drafts, looks. */
  | 'page'
  /** What the desktop app remembers. */
  | 'shell'
  | 'settings'
  | 'port'
  | 'folder'
  /** The storage quota for messages of strangers. */
  | 'strangers'
  /** A contact in two places at once, and ourselves. */
  | 'contact-copies'
  | 'own-copies';

/** What is wrong on our side while we run; it stands until it is over. */
export class Warnings {
  readonly #problems = new Map<WarningAbout, Problem>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Says what is wrong with something; null: nothing any more. */
  set(about: WarningAbout, problem: Problem | null): void {
    const before = this.#problems.get(about) ?? null;
    if (JSON.stringify(before) === JSON.stringify(problem)) return;
    if (problem === null) this.#problems.delete(about);
    else this.#problems.set(about, problem);
    this.#onChange();
  }
}
