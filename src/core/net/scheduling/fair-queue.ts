/** Something that takes turns. The queue alone changes `tag`. */
export interface Sharer {
  /** How much it has had, on the clock of its queue. */
  tag: number;
}

/**
 * Who is next, when several wait for the same thing: whoever has had least (start-time fair
 * queueing; Goyal, Vin, Cheng 1996). Nobody saves up: who comes to wait counts as having had as much
 * as the one whose turn it was last. So between two that wait all the time, what they get differs
 * by no more than the largest single piece of each.
 */
export class FairQueue<T extends Sharer> {
  readonly #waiting = new Set<T>();
  /** Where the one whose turn it was last stood before it. */
  #clock = 0;

  /** How many wait. */
  get size(): number {
    return this.#waiting.size;
  }

  has(sharer: T): boolean {
    return this.#waiting.has(sharer);
  }

  /** Begins to wait, unless it does. */
  join(sharer: T): void {
    if (this.#waiting.has(sharer)) return;
    sharer.tag = Math.max(sharer.tag, this.#clock);
    this.#waiting.add(sharer);
  }

  leave(sharer: T): void {
    this.#waiting.delete(sharer);
  }

  /**
   * Whose turn it is: of those who have had the same, who has waited longest.
   *
   * @param among those who wait and are asked about; all of them unless given
   */
  next(among: ReadonlySet<T> = this.#waiting): T | undefined {
    let first: T | undefined;
    for (const sharer of among) {
      if (first === undefined || sharer.tag < first.tag) first = sharer;
    }
    return first;
  }

  /** How far a sharer is ahead of whose turn it was last; 0 when it is not. */
  ahead(sharer: T): number {
    return Math.max(0, sharer.tag - this.#clock);
  }

  /** Notes what a sharer has had, waiting or not. */
  charge(sharer: T, weight: number): void {
    const start = Math.max(sharer.tag, this.#clock);
    sharer.tag = start + weight;
    this.#clock = start;
  }
}
