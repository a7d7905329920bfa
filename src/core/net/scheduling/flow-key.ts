import { isLoopbackHost } from '../../../shared/address/address.ts';
import { networkOf } from '../../base/network-of.ts';

/**
 * Rate-limiting and scheduling key of an address: IPv4 as it is, IPv6 by its /64, which belongs to
 * one subscriber. Loopback addresses are kept apart.
 */
export function flowKey(host: string): string {
  return isLoopbackHost(host) ? host : networkOf(host);
}

interface Member {
  readonly network: string;
}

/** Connections grouped by network, in order of arrival. */
export class ConnectionsByNetwork<T extends Member> {
  readonly #networks = new Map<string, Set<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Number of connections from a network. */
  of(network: string): number {
    return this.#networks.get(network)?.size ?? 0;
  }

  members(network: string): readonly T[] {
    return [...(this.#networks.get(network) ?? [])];
  }

  add(member: T): void {
    const members = this.#networks.get(member.network) ?? new Set();
    this.#networks.set(member.network, members.add(member));
    this.#size += 1;
  }

  delete(member: T): void {
    const members = this.#networks.get(member.network);
    if (!members?.delete(member)) return;
    this.#size -= 1;
    if (members.size === 0) this.#networks.delete(member.network);
  }

  /** The oldest connection of the network that has most; ties go to the oldest network. */
  oldestOfMost(): T | null {
    let most: Set<T> | null = null;
    for (const members of this.#networks.values()) {
      if (most === null || members.size > most.size) most = members;
    }
    const [first = null] = most ?? [];
    return first;
  }
}
