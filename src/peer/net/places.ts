/**
 * So many may be inside at once; who comes when it is full waits, and comes in in the order of
 * arrival.
 */
export class Places {
  readonly #isFull: (wanted: number, bytes: number) => boolean;
  readonly #waiting: { readonly enter: () => void; readonly bytes: number }[] = [];
  #taken = 0;
  /** Bytes of those inside, and of those who wait too. */
  #bytes = 0;
  #wantedBytes = 0;
  /** Who has been given a place and has not gone on yet. */
  #entering = 0;

  /** @param isFull whether so many are all there may be; asked each time, and never yes to none */
  constructor(isFull: (wanted: number, bytes: number) => boolean) {
    this.#isFull = isFull;
  }

  /** How many are inside or wait. */
  get wanted(): number {
    return this.#taken + this.#waiting.length;
  }

  get full(): boolean {
    return this.#isFull(this.wanted, this.#wantedBytes);
  }

  /**
   * Takes a place; null when there was one, else resolves once there is. Whoever has waited says
   * `entered` first thing: until then nobody else gets ahead.
   */
  take(bytes = 0): Promise<void> | null {
    const { full } = this;
    this.#wantedBytes += bytes;
    if (full) return new Promise((enter) => this.#waiting.push({ enter, bytes }));
    this.#taken += 1;
    this.#bytes += bytes;
    if (this.#entering === 0) return null;
    this.#entering += 1;
    return Promise.resolve();
  }

  entered(): void {
    this.#entering -= 1;
  }

  /** Gives a place back. */
  leave(bytes = 0): void {
    this.#taken -= 1;
    this.#bytes -= bytes;
    this.#wantedBytes -= bytes;
    while (this.#waiting.length > 0 && !this.#isFull(this.#taken, this.#bytes)) {
      this.#taken += 1;
      this.#entering += 1;
      const next = this.#waiting.shift();
      this.#bytes += next?.bytes ?? 0;
      next?.enter();
    }
  }
}
