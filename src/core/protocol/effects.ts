/** Whether a call changes what a `read` after it answers, or answers what a `write` before it changes. */
export type Effect = 'write' | 'read';

/** When a call may begin. */
export interface Start {
  /** Resolves when it may; null when it may at once. Never rejects. */
  readonly when: Promise<unknown> | null;
  /** To be said when it begins. */
  readonly begins: () => void;
}

/**
 * The calls of one session, as far as one can tell what others have done: a read begins when the
 * writes before it have ended, and a write when the reads before it have that had to wait. All else
 * runs side by side, and writes begin in the order in which they came.
 */
export class Effects {
  readonly #writes = new Set<Promise<unknown>>();
  /** Reads that had to wait. */
  readonly #reads = new Set<Promise<unknown>>();
  /** The last write that had to wait and has not begun. */
  #gate: Promise<unknown> | null = null;

  /** To be asked when the call comes. */
  start(effect: Effect | undefined): Start {
    if (effect === 'read' && this.#writes.size > 0) {
      return { when: Promise.allSettled(this.#writes), begins: () => {} };
    }
    if (effect !== 'write' || (this.#reads.size === 0 && this.#gate === null)) return AT_ONCE;
    const when = Promise.allSettled([...this.#reads, this.#gate]);
    this.#gate = when;
    return {
      when,
      begins: () => {
        if (this.#gate === when) this.#gate = null;
      },
    };
  }

  /** To be told of each call at once, with its answer. */
  note(effect: Effect | undefined, start: Start, answer: Promise<unknown>): void {
    const calls = effect === 'write' ? this.#writes : this.#reads;
    if (effect === undefined || (effect === 'read' && start.when === null)) return;
    calls.add(answer);
    const ended = () => calls.delete(answer);
    answer.then(ended, ended);
  }
}

const AT_ONCE: Start = { when: null, begins: () => {} };
