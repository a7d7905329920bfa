/**
 * A mutex per key, FIFO: tasks of one key run one after the other, tasks of different keys run
 * concurrently. A failing task does not block the next one. Not reentrant: a task that waits for
 * another task of its key deadlocks.
 */
export class KeyedMutex<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Whether a task of this key is running or waiting. */
  isLocked(key: Key): boolean {
    return this.#last.has(key);
  }

  runExclusive<T>(key: Key, task: () => Promise<T>): Promise<T> {
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
