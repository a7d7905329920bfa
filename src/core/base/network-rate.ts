import { TokenBucket } from './token-bucket.ts';
import type { World } from './world.ts';

/** So many at once after a pause, and so many a minute in the long run. */
export interface Pace {
  readonly atOnce: number;
  readonly perMinute: number;
}

/** Networks remembered. One that is forgotten starts afresh, within what all have together. */
const REMEMBERED = 1_024;

/** A pace for each network (see `networkOf`) and one for all of them together. */
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

  /** Takes one of what a network has left, if all have one left too. */
  take(network: string): boolean {
    return this.#bucketOf(network).take(1) && this.#all.take(1);
  }

  /** Takes one of what all have left, whichever network it is for. */
  takeOfAll(): boolean {
    return this.#all.take(1);
  }

  #bucketOf(network: string): TokenBucket {
    const own = this.#networks.get(network) ?? bucket(this.#ofEach, this.#world);
    // Last used, last in order.
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
