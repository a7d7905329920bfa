import { networkOf } from '../base/network-of.ts';
import { NetworkPace } from '../base/network-rate.ts';
import type { World } from '../base/world.ts';

/**
 * How often we dial by ourselves, over all contacts. Where a contact can be reached is what others
 * say, so without a bound any number of them could have us dial any port of a host of their choice.
 * What the user asks for is never refused here, and does not count.
 */
export class DialBudget {
  /** A contact that is away is tried twice a minute at each address. */
  readonly #chosen: NetworkPace;
  /** Contacts that nobody here chose: only to hand them what is meant for them. */
  readonly #unchosen: NetworkPace;

  constructor(world: Pick<World, 'uptime'>) {
    this.#chosen = new NetworkPace(
      { atOnce: 60, perMinute: 30 },
      { atOnce: 600, perMinute: 600 },
      world,
    );
    this.#unchosen = new NetworkPace(
      { atOnce: 6, perMinute: 3 },
      { atOnce: 60, perMinute: 60 },
      world,
    );
  }

  /** Takes one dial to `host` if there is one left. */
  take(host: string, chosen: boolean): boolean {
    const network = networkOf(host);
    return (chosen || this.#unchosen.take(network)) && this.#chosen.take(network);
  }
}
