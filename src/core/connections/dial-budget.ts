import { networkOf } from '../base/network-of.ts';
import { NetworkPace } from '../base/network-rate.ts';
import type { World } from '../base/world.ts';

/**
 * Budget for automatic dials, over all contacts. The addresses of contacts are their own claims, so
 * without a bound any number of contacts could make us dial any port of a host of their choice.
 * Dials that the user requests are neither refused nor counted here.
 */
export class DialBudget {
  /** An offline contact is dialled twice a minute at each address. */
  readonly #chosen: NetworkPace;
  /** Contacts that the user did not choose: only to deliver pending messages. */
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

  /** Takes one dial to `host` from the budget, if there is one left. */
  take(host: string, chosen: boolean): boolean {
    const network = networkOf(host);
    return (chosen || this.#unchosen.take(network)) && this.#chosen.take(network);
  }
}
