import type { Limits } from '../../../shared/model/limits.ts';
import { TokenBucket } from '../../base/token-bucket.ts';
import { LimitError } from '../frames/limit-error.ts';

/** Limits the results that a connection holds on our side without releasing them. */
export class HeldAnswers {
  readonly #limits: Pick<Limits, 'heldAnswers'>;
  #held = 0;

  constructor(limits: Pick<Limits, 'heldAnswers'>) {
    this.#limits = limits;
  }

  /** @param change net change by one frame @throws LimitError when over the limit */
  count(change: number): void {
    this.#held += change;
    const { heldAnswers } = this.#limits;
    if (this.#held <= heldAnswers) return;
    throw new LimitError(
      'held',
      `Too many answers are held without being released; the limit is ${heldAnswers}.`,
    );
  }
}

/** Rate limit for pings, pongs and empty frames. Tens of thousands fit in one read. */
export class IdleFrames {
  readonly #limits: Pick<Limits, 'idleFramesPerSecond' | 'idleFrameBurst'>;
  readonly #bucket: TokenBucket;

  constructor(
    limits: Pick<Limits, 'idleFramesPerSecond' | 'idleFrameBurst'>,
    uptime: () => number,
  ) {
    this.#limits = limits;
    this.#bucket = new TokenBucket(limits.idleFramesPerSecond, limits.idleFrameBurst, uptime);
  }

  /** Counts one. @throws LimitError when over the limit */
  count(): void {
    if (this.#bucket.take(1)) return;
    const { idleFramesPerSecond, idleFrameBurst } = this.#limits;
    throw new LimitError(
      'idle',
      `Too many pings and empty frames; the limit is ${idleFramesPerSecond} a second, ${idleFrameBurst} at once.`,
    );
  }
}
