import { isLoopbackHost } from '../../../shared/address/address.ts';
import { networkOf } from '../../base/network-of.ts';

/**
 * Under what a caller is counted: its address, or the /64 of an IPv6 address, of which its owner has
 * all. The addresses of this computer are told apart.
 */
export function crowdOf(host: string): string {
  return isLoopbackHost(host) ? host : networkOf(host);
}

/** Members of a crowd, by what they have in common. */
interface Member {
  readonly network: string;
}

/** Connections, counted by network, each network's in the order in which they came. */
export class Crowd<T extends Member> {
  readonly #networks = new Map<string, Set<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many there are of a network. */
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

  /** The oldest of the network that has most; of networks that have as many, of the oldest one. */
  oldestOfMost(): T | null {
    let most: Set<T> | null = null;
    for (const members of this.#networks.values()) {
      if (most === null || members.size > most.size) most = members;
    }
    const [first = null] = most ?? [];
    return first;
  }
}
