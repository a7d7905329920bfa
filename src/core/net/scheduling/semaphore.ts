/** Counting semaphore, FIFO. */
export class Semaphore {
  readonly #isFull: (wanted: number) => boolean;
  readonly #waiting: (() => void)[] = [];
  #acquired = 0;
  /** Waiters that have been granted a permit and have not continued yet. */
  #resuming = 0;

  /** @param isFull whether this many is the maximum; must be false for 0 */
  constructor(isFull: (wanted: number) => boolean) {
    this.#isFull = isFull;
  }

  /** Holders and waiters. */
  get demand(): number {
    return this.#acquired + this.#waiting.length;
  }

  get full(): boolean {
    return this.#isFull(this.demand);
  }

  /**
   * Acquires a permit: null if one was free, else a promise for it. A caller that has awaited it must
   * call `resumed` first: until then no later caller overtakes it.
   */
  acquire(): Promise<void> | null {
    if (this.full) return new Promise((resume) => this.#waiting.push(resume));
    this.#acquired += 1;
    if (this.#resuming === 0) return null;
    this.#resuming += 1;
    return Promise.resolve();
  }

  resumed(): void {
    this.#resuming -= 1;
  }

  /** Returns a permit. */
  release(): void {
    this.#acquired -= 1;
    while (this.#waiting.length > 0 && !this.#isFull(this.#acquired)) {
      this.#acquired += 1;
      this.#resuming += 1;
      this.#waiting.shift()?.();
    }
  }
}
