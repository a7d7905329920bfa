/**
 * So many may be inside at once; who comes when it is full waits, and comes in in the order of
 * arrival.
 */
export class Places {
  readonly #isFull: (wanted: number) => boolean;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  /** Who has been given a place and has not gone on yet. */
  #entering = 0;

  /** @param isFull whether so many are all there may be; never yes to none */
  constructor(isFull: (wanted: number) => boolean) {
    this.#isFull = isFull;
  }

  /** How many are inside or wait. */
  get wanted(): number {
    return this.#taken + this.#waiting.length;
  }

  get full(): boolean {
    return this.#isFull(this.wanted);
  }

  /**
   * Takes a place; null when there was one, else resolves once there is. Whoever has waited says
   * `entered` first thing: until then nobody else gets ahead.
   */
  take(): Promise<void> | null {
    if (this.full) return new Promise((enter) => this.#waiting.push(enter));
    this.#taken += 1;
    if (this.#entering === 0) return null;
    this.#entering += 1;
    return Promise.resolve();
  }

  entered(): void {
    this.#entering -= 1;
  }

  /** Gives a place back. */
  leave(): void {
    this.#taken -= 1;
    while (this.#waiting.length > 0 && !this.#isFull(this.#taken)) {
      this.#taken += 1;
      this.#entering += 1;
      this.#waiting.shift()?.();
    }
  }
}
