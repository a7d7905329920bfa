import type { World } from '../../../src/core/base/world.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** A world whose time stands still until the test moves it, and whose chance is a seed. */
export class FakeWorld implements World {
  #time = 0;
  #order = 0;
  #state: number;
  readonly #timers = new Set<Timer>();
  readonly #start: number;

  constructor(seed = 1, start = Date.UTC(2026, 0, 1)) {
    this.#state = seed;
    this.#start = start;
  }

  /** Whole milliseconds, as of every system's clock. */
  readonly now = (): number => this.#start + Math.floor(this.#time);
  readonly uptime = (): number => this.#time;

  readonly after = (ms: number, task: () => void): (() => void) => {
    this.#order += 1;
    const timer = { at: this.#time + Math.max(0, ms), order: this.#order, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Timers that wait; none when everything has ended. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Mulberry32: small, seeded, good enough to shuffle tests with. */
  readonly random = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };

  readonly randomBytes = (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256));

  /** Lets everything that is due now happen, then moves on, timer by timer, for `ms`. */
  async advance(ms: number): Promise<void> {
    const end = this.#time + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#time = Math.max(this.#time, next.at);
      next.task();
      await settle();
    }
    this.#time = end;
  }

  #next(end: number): Timer | undefined {
    let best: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (!best || timer.at < best.at || (timer.at === best.at && timer.order < best.order)) {
        best = timer;
      }
    }
    return best;
  }
}

/** Resolves when every chain of promises that is under way has come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
