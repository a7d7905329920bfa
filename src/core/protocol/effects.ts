/** A `write` changes what a later `read` returns; a `read` depends on earlier writes. */
export type Effect = 'write' | 'read';

/** When a call may begin. */
export interface Start {
  /** Resolves when it may; null when it may at once. Never rejects. */
  readonly when: Promise<unknown> | null;
  /** Call when it starts. */
  readonly begins: () => void;
}

/**
 * Read/write ordering of one session's calls: a read starts once all earlier writes have ended, a
 * write once all earlier waiting reads have. Everything else runs concurrently; writes start in order
 * of arrival.
 */
export class Effects {
  readonly #writes = new Set<Promise<unknown>>();
  /** Reads that had to wait. */
  readonly #reads = new Set<Promise<unknown>>();
  /** The last waiting write that has not started. */
  #gate: Promise<unknown> | null = null;

  /** Call on arrival of a call. */
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

  /** Call right after each call, with its answer. */
  note(effect: Effect | undefined, start: Start, answer: Promise<unknown>): void {
    const calls = effect === 'write' ? this.#writes : this.#reads;
    if (effect === undefined || (effect === 'read' && start.when === null)) return;
    calls.add(answer);
    const ended = () => calls.delete(answer);
    answer.then(ended, ended);
  }
}

const AT_ONCE: Start = { when: null, begins: () => {} };
