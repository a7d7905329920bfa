/**
 * Token bucket: a sustained rate of `perSecond`, and bursts of up to `burst`. `uptime` is a monotonic
 * clock in milliseconds.
 */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #uptime: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, burst: number, uptime: () => number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#uptime = uptime;
    this.#tokens = burst;
    this.#filledAt = uptime();
  }

  /** Takes `count` tokens if there are that many, else none. */
  take(count: number): boolean {
    const now = this.#uptime();
    const gained = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAt = now;
    if (count > this.#tokens) return false;
    this.#tokens -= count;
    return true;
  }
}
