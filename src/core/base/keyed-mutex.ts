/**
 * Runs tasks of the same key one after the other, in call order; tasks of different keys do not wait
 * for each other. A task that fails holds nobody up. A task must not wait for one of its own key.
 */
export class Turns<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Whether a task of this key has not ended. */
  busy(key: Key): boolean {
    return this.#last.has(key);
  }

  take<T>(key: Key, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const run = before ? before.then(task, task) : task();
    this.#last.set(key, run);
    const done = (): void => {
      if (this.#last.get(key) === run) this.#last.delete(key);
    };
    run.then(done, done);
    return run;
  }
}
