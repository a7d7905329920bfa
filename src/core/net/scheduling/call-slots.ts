/** From so many bytes to be written on, a call is a large one (see write-queue.ts). */
export const SMALL_BYTES = 16 * 1024;

/** Where calls come from. `CallPlaces` alone changes the numbers. */
export interface CallSource {
  /** Calls of it that are open. */
  inside: number;
  /** The same, with those that wait. */
  wanted: number;
}

/** One call, open or waiting to be; made anew for each. */
export class PlacedCall {
  readonly source: CallSource;
  /** About what it has to be written. */
  readonly bytes: number;
  /** Lets it go on; null unless it waits. */
  enter: (() => void) | null = null;
  /** It may go on, and has not yet. */
  entering = false;

  constructor(source: CallSource, bytes: number) {
    this.source = source;
    this.bytes = bytes;
  }

  get small(): boolean {
    return this.bytes <= SMALL_BYTES;
  }
}

/** Calls, and small ones among them. */
class Tally {
  calls = 0;
  bytes = 0;
  smallCalls = 0;
  smallBytes = 0;

  add({ bytes, small }: PlacedCall, sign: 1 | -1): void {
    this.calls += sign;
    this.bytes += sign * bytes;
    if (!small) return;
    this.smallCalls += sign;
    this.smallBytes += sign * bytes;
  }
}

/**
 * The open calls of one caller, of whom only so many are to be written at once. A caller may be an
 * address that strangers share, so its connections share the places fairly: the next one goes to
 * whoever has fewest, and a small call of a connection that has no other does not wait for the large
 * ones of others, which it passes on the way to the disk as well. Calls of one connection keep their
 * order.
 */
export class CallPlaces {
  readonly #isFull: (calls: number, bytes: number) => boolean;
  readonly #waiting: PlacedCall[] = [];
  readonly #inside = new Tally();
  readonly #wanted = new Tally();
  #entering = 0;

  /** @param isFull whether so many are all there may be; asked each time, and never yes to none */
  constructor(isFull: (calls: number, bytes: number) => boolean) {
    this.#isFull = isFull;
  }

  /** How many are open or wait. */
  get wanted(): number {
    return this.#wanted.calls;
  }

  get full(): boolean {
    return this.#isFull(this.#wanted.calls, this.#wanted.bytes);
  }

  /** The same for small calls, as if they were all. */
  get fullForSmall(): boolean {
    return this.#isFull(this.#wanted.smallCalls, this.#wanted.smallBytes);
  }

  /**
   * Takes a place; null when there was one, else resolves once there is. A call that has waited says
   * `entered` first thing: until then no other gets ahead.
   */
  take(call: PlacedCall): Promise<void> | null {
    const { full } = this;
    const passes = full && call.small && call.source.wanted === 0 && !this.fullForSmall;
    this.#wanted.add(call, 1);
    call.source.wanted += 1;
    if (full && !passes) {
      return new Promise((enter) => {
        call.enter = enter;
        this.#waiting.push(call);
      });
    }
    this.#goIn(call);
    if (this.#entering === 0) return null;
    this.#enter(call);
    return Promise.resolve();
  }

  entered(call: PlacedCall): void {
    call.entering = false;
    this.#entering -= 1;
  }

  /** Gives a place back. */
  leave(call: PlacedCall): void {
    this.#wanted.add(call, -1);
    this.#inside.add(call, -1);
    call.source.wanted -= 1;
    call.source.inside -= 1;
    this.#admit();
  }

  /** Calls that are open stay so, and those that wait do so there. */
  moveTo(other: CallPlaces, calls: Iterable<PlacedCall>): void {
    for (const call of calls) {
      this.#count(call, -1);
      other.#count(call, 1);
      if (call.enter === null) continue;
      this.#waiting.splice(this.#waiting.indexOf(call), 1);
      other.#waiting.push(call);
    }
    this.#admit();
    other.#admit();
  }

  #count(call: PlacedCall, sign: 1 | -1): void {
    this.#wanted.add(call, sign);
    if (call.enter === null) this.#inside.add(call, sign);
    if (call.entering) this.#entering += sign;
  }

  #goIn(call: PlacedCall): void {
    this.#inside.add(call, 1);
    call.source.inside += 1;
  }

  #enter(call: PlacedCall): void {
    call.entering = true;
    this.#entering += 1;
  }

  #admit(): void {
    while (this.#waiting.length > 0) {
      const next = this.#next();
      if (next === null) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#goIn(next);
      this.#enter(next);
      next.enter?.();
      next.enter = null;
    }
  }

  /** Of the calls that may go in, one of the connection that has fewest, else who came first. */
  #next(): PlacedCall | null {
    const inside = this.#inside;
    const full = this.#isFull(inside.calls, inside.bytes);
    if (full && this.#isFull(inside.smallCalls, inside.smallBytes)) return null;
    const seen = new Set<CallSource>();
    let next: PlacedCall | null = null;
    for (const call of this.#waiting) {
      const { source, small } = call;
      if (seen.has(source)) continue;
      seen.add(source);
      if (full && !(small && source.inside === 0)) continue;
      if (next === null || source.inside < next.source.inside) next = call;
    }
    return next;
  }
}
