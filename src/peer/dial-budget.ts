import { TokenBucket } from './net/token-bucket.ts';
import { networkOf } from './network-of.ts';
import type { World } from './world.ts';

interface Rates {
  /** Dials to one network at once after a pause, and in a minute in the long run. */
  readonly ofNetwork: number;
  readonly ofNetworkPerMinute: number;
  /** The same to all networks together. */
  readonly all: number;
  readonly allPerMinute: number;
}

/** Contacts that the user chose. One that is away is tried twice a minute at each address. */
const CHOSEN: Rates = { ofNetwork: 60, ofNetworkPerMinute: 30, all: 600, allPerMinute: 600 };

/** Contacts that nobody here chose: only to hand them what is meant for them. */
const UNCHOSEN: Rates = { ofNetwork: 6, ofNetworkPerMinute: 3, all: 60, allPerMinute: 60 };

/** Networks remembered. One that is forgotten starts afresh, within what all have together. */
const REMEMBERED = 1_024;

/**
 * How often we dial by ourselves, over all contacts. Where a contact can be reached is what others
 * say, so without a bound any number of them could have us dial any port of a host of their choice.
 * What the user asks for is never refused here, and does not count.
 */
export class DialBudget {
  readonly #chosen: Bound;
  readonly #unchosen: Bound;

  constructor(world: Pick<World, 'uptime'>) {
    this.#chosen = new Bound(CHOSEN, world);
    this.#unchosen = new Bound(UNCHOSEN, world);
  }

  /** Takes one dial to `host` if there is one left. */
  take(host: string, chosen: boolean): boolean {
    const network = networkOf(host);
    return (chosen || this.#unchosen.take(network)) && this.#chosen.take(network);
  }
}

class Bound {
  readonly #rates: Rates;
  readonly #world: Pick<World, 'uptime'>;
  readonly #all: TokenBucket;
  readonly #networks = new Map<string, TokenBucket>();

  constructor(rates: Rates, world: Pick<World, 'uptime'>) {
    this.#rates = rates;
    this.#world = world;
    this.#all = new TokenBucket(rates.allPerMinute / 60, rates.all, world.uptime);
  }

  take(network: string): boolean {
    return this.#bucketOf(network).take(1) && this.#all.take(1);
  }

  #bucketOf(network: string): TokenBucket {
    const { ofNetwork, ofNetworkPerMinute } = this.#rates;
    const bucket =
      this.#networks.get(network) ??
      new TokenBucket(ofNetworkPerMinute / 60, ofNetwork, this.#world.uptime);
    // Last used, last in order.
    this.#networks.delete(network);
    this.#networks.set(network, bucket);
    for (const oldest of this.#networks.keys()) {
      if (this.#networks.size <= REMEMBERED) break;
      this.#networks.delete(oldest);
    }
    return bucket;
  }
}
