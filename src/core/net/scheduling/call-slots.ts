/** Largest payload of a small call, bytes (see write-queue.ts). */
export const SMALL_BYTES = 16 * 1024;

/** A connection that calls come from. Only `CallSlots` changes the numbers. */
export interface CallSource {
  /** Open calls. */
  open: number;
  /** Open and waiting calls. */
  demand: number;
}

/** One call, open or waiting for a slot. */
export class MeteredCall {
  readonly source: CallSource;
  /** About how much it has to write. */
  readonly bytes: number;
  /** Continues it; null unless it waits. */
  resume: (() => void) | null = null;
  /** It has a slot and has not continued yet. */
  resuming = false;

  constructor(source: CallSource, bytes: number) {
    this.source = source;
    this.bytes = bytes;
  }

  get small(): boolean {
    return this.bytes <= SMALL_BYTES;
  }
}

/** Totals of all calls, and of the small ones among them. */
class Tally {
  calls = 0;
  bytes = 0;
  smallCalls = 0;
  smallBytes = 0;

  add({ bytes, small }: MeteredCall, sign: 1 | -1): void {
    this.calls += sign;
    this.bytes += sign * bytes;
    if (!small) return;
    this.smallCalls += sign;
    this.smallBytes += sign * bytes;
  }
}

/**
 * Limits the open calls of one caller, and so its share of a group commit. A caller may be an address
 * that strangers share, so its connections share the slots fairly: a free slot goes to the connection
 * with the fewest, and the only call of a connection, if small, does not wait behind large calls of
 * others (nor does it in the write queue). Calls of one connection keep their order.
 */
export class CallSlots {
  readonly #isFull: (calls: number, bytes: number) => boolean;
  readonly #waiting: MeteredCall[] = [];
  readonly #open = new Tally();
  readonly #demand = new Tally();
  #resuming = 0;

  /** @param isFull whether this many is the maximum right now; must be false for 0 */
  constructor(isFull: (calls: number, bytes: number) => boolean) {
    this.#isFull = isFull;
  }

  /** Open and waiting calls. */
  get demand(): number {
    return this.#demand.calls;
  }

  get full(): boolean {
    return this.#isFull(this.#demand.calls, this.#demand.bytes);
  }

  /** As `full`, counting small calls only. */
  get fullForSmall(): boolean {
    return this.#isFull(this.#demand.smallCalls, this.#demand.smallBytes);
  }

  /**
   * Acquires a slot: null if one was free, else a promise for it. A call that has awaited it must
   * call `resumed` first: until then no later call overtakes it.
   */
  acquire(call: MeteredCall): Promise<void> | null {
    const { full } = this;
    const passes = full && call.small && call.source.demand === 0 && !this.fullForSmall;
    this.#demand.add(call, 1);
    call.source.demand += 1;
    if (full && !passes) {
      return new Promise((resume) => {
        call.resume = resume;
        this.#waiting.push(call);
      });
    }
    this.#start(call);
    if (this.#resuming === 0) return null;
    this.#markResuming(call);
    return Promise.resolve();
  }

  resumed(call: MeteredCall): void {
    call.resuming = false;
    this.#resuming -= 1;
  }

  /** Returns a slot. */
  release(call: MeteredCall): void {
    this.#demand.add(call, -1);
    this.#open.add(call, -1);
    call.source.demand -= 1;
    call.source.open -= 1;
    this.#admit();
  }

  /** Moves calls to another caller: open ones stay open, waiting ones wait there. */
  moveTo(other: CallSlots, calls: Iterable<MeteredCall>): void {
    for (const call of calls) {
      this.#count(call, -1);
      other.#count(call, 1);
      if (call.resume === null) continue;
      this.#waiting.splice(this.#waiting.indexOf(call), 1);
      other.#waiting.push(call);
    }
    this.#admit();
    other.#admit();
  }

  #count(call: MeteredCall, sign: 1 | -1): void {
    this.#demand.add(call, sign);
    if (call.resume === null) this.#open.add(call, sign);
    if (call.resuming) this.#resuming += sign;
  }

  #start(call: MeteredCall): void {
    this.#open.add(call, 1);
    call.source.open += 1;
  }

  #markResuming(call: MeteredCall): void {
    call.resuming = true;
    this.#resuming += 1;
  }

  #admit(): void {
    while (this.#waiting.length > 0) {
      const next = this.#next();
      if (next === null) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#start(next);
      this.#markResuming(next);
      next.resume?.();
      next.resume = null;
    }
  }

  /** The next call to admit: of the connection with the fewest open calls, else the first come. */
  #next(): MeteredCall | null {
    const { calls, bytes, smallCalls, smallBytes } = this.#open;
    const full = this.#isFull(calls, bytes);
    if (full && this.#isFull(smallCalls, smallBytes)) return null;
    const seen = new Set<CallSource>();
    let next: MeteredCall | null = null;
    for (const call of this.#waiting) {
      const { source, small } = call;
      if (seen.has(source)) continue;
      seen.add(source);
      if (full && !(small && source.open === 0)) continue;
      if (next === null || source.open < next.source.open) next = call;
    }
    return next;
  }
}
