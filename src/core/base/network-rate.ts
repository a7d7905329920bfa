import { TokenBucket } from './token-bucket.ts';
import type { World } from './world.ts';

/** A burst after a pause, and a sustained rate per minute. */
export interface Pace {
  readonly atOnce: number;
  readonly perMinute: number;
}

/** Networks tracked. A forgotten one starts with a full burst, within the limit of all together. */
const REMEMBERED = 1_024;

/** Rate limit for each network (see `networkOf`) and for all of them together. */
export class NetworkPace {
  readonly #ofEach: Pace;
  readonly #world: Pick<World, 'uptime'>;
  readonly #all: TokenBucket;
  readonly #networks = new Map<string, TokenBucket>();

  constructor(ofEach: Pace, all: Pace, world: Pick<World, 'uptime'>) {
    this.#ofEach = ofEach;
    this.#world = world;
    this.#all = bucket(all, world);
  }

  /** Takes a token of the network, if all together have one left too. */
  take(network: string): boolean {
    return this.#bucketOf(network).take(1) && this.#all.take(1);
  }

  /** Takes a token of all together, whichever network it is for. */
  takeOfAll(): boolean {
    return this.#all.take(1);
  }

  #bucketOf(network: string): TokenBucket {
    const own = this.#networks.get(network) ?? bucket(this.#ofEach, this.#world);
    // Most recently used last.
    this.#networks.delete(network);
    this.#networks.set(network, own);
    for (const oldest of this.#networks.keys()) {
      if (this.#networks.size <= REMEMBERED) break;
      this.#networks.delete(oldest);
    }
    return own;
  }
}

function bucket({ atOnce, perMinute }: Pace, { uptime }: Pick<World, 'uptime'>): TokenBucket {
  return new TokenBucket(perMinute / 60, atOnce, uptime);
}
