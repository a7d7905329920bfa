import type { Limits } from '../../shared/limits.ts';
import { LimitError } from './limit-error.ts';
import { TokenBucket } from './token-bucket.ts';

/**
 * The calls of one caller (one connection), counted where they reach a capability of ours: a call
 * over the limit is refused by itself and the session goes on. What a caller may ask for before any
 * call is made is counted on whole frames (see `FrameMeter`), where it costs least.
 */
export class CallMeter {
  readonly #limits: Limits;
  readonly #bucket: TokenBucket;
  #open = 0;

  constructor(limits: Limits, uptime: () => number) {
    this.#limits = limits;
    this.#bucket = new TokenBucket(limits.callsPerSecond, limits.callBurst, uptime);
  }

  /** Calls that have begun and not ended. */
  get open(): number {
    return this.#open;
  }

  /** Runs a call; it counts as open until it has returned, thrown or settled. @throws LimitError */
  async run<T>(call: () => T | PromiseLike<T>): Promise<T> {
    const { openCalls, callsPerSecond, callBurst } = this.#limits;
    if (this.#open >= openCalls) {
      throw new LimitError('calls', `Too many calls are open; the limit is ${openCalls} at once.`);
    }
    if (!this.#bucket.take(1)) {
      throw new LimitError(
        'calls',
        `Too many calls; the limit is ${callsPerSecond} a second, ${callBurst} at once.`,
      );
    }
    this.#open += 1;
    try {
      return await call();
    } finally {
      this.#open -= 1;
    }
  }
}
