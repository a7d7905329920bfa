import type { Limits } from '../../shared/limits.ts';

/** Counts open connections, from each network address and from everywhere. */
export class ConnectionGate {
  readonly #limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>;
  readonly #perAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>) {
    this.#limits = limits;
  }

  /**
   * Counts a new connection and returns null, or returns the sentence that refuses it. A connection
   * that was let in must `leave` once.
   */
  enter(address: string): string | null {
    const { connections, connectionsPerAddress } = this.#limits;
    const fromHere = this.#perAddress.get(address) ?? 0;
    if (fromHere >= connectionsPerAddress) {
      return `Too many connections from your address; the limit is ${connectionsPerAddress}.`;
    }
    if (this.#total >= connections) {
      return `Too many connections; the limit is ${connections}.`;
    }
    this.#perAddress.set(address, fromHere + 1);
    this.#total += 1;
    return null;
  }

  leave(address: string): void {
    const left = (this.#perAddress.get(address) ?? 0) - 1;
    this.#total -= 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
