import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { ConnectionsByNetwork } from '../scheduling/flow-key.ts';

/**
 * Rank of a connection by its authenticated identity: unknown (0), a contact accepted automatically
 * (1), or a contact that the user chose (2). Lower ranks are evicted first.
 */
export type Standing = 0 | 1 | 2;

export type ConnectionLimits = Pick<
  Limits,
  | 'connections'
  | 'connectionsOfStrangers'
  | 'connectionsOnProbation'
  | 'connectionsPerAddress'
  | 'connectionsPerContact'
>;

/** The slot of one open connection. */
export interface ConnectionSlot {
  /** Why it is on probation: refused, unless a contact authenticates on it. Null if admitted. */
  readonly reason: string | null;
}

class Slot implements ConnectionSlot {
  readonly network: string;
  readonly close: () => void;
  reason: string | null = null;
  identity: Identity | null = null;
  standing: Standing = 0;
  group: ConnectionsByNetwork<Slot> | null = null;

  constructor(network: string, close: () => void) {
    this.network = network;
    this.close = close;
  }
}

/**
 * Limits inbound connections, overall and per network. When full, unauthenticated connections are
 * evicted: the oldest of the network that has most. A connection over the limits is put on probation,
 * where only its TLS handshake is awaited: it shows whether this is a contact, who always gets a slot.
 */
export class ConnectionLimiter {
  readonly #limits: ConnectionLimits;
  readonly #standingOf: (identity: Identity) => Standing;
  readonly #admitted: readonly [
    ConnectionsByNetwork<Slot>,
    ConnectionsByNetwork<Slot>,
    ConnectionsByNetwork<Slot>,
  ];
  readonly #probation = new ConnectionsByNetwork<Slot>();
  readonly #perContact = new Map<Identity, number>();

  /** @param standingOf current rank of an authenticated identity */
  constructor(limits: ConnectionLimits, standingOf: (identity: Identity) => Standing) {
    this.#limits = limits;
    this.#standingOf = standingOf;
    this.#admitted = [
      new ConnectionsByNetwork(),
      new ConnectionsByNetwork(),
      new ConnectionsByNetwork(),
    ];
  }

  /**
   * Assigns a slot to a new connection; it must be released once.
   *
   * @param network key that all addresses of one subscriber share: see `flowKey`
   * @param close closes the connection when it is evicted
   */
  admit(network: string, close: () => void): ConnectionSlot {
    const { connections, connectionsOfStrangers, connectionsOnProbation, connectionsPerAddress } =
      this.#limits;
    const slot = new Slot(network, close);
    if (this.#strangers(network) >= connectionsPerAddress) {
      slot.reason = `Too many connections from your address; the limit is ${connectionsPerAddress}.`;
    } else if (!this.#hasRoom(0, network)) {
      const most = Math.min(connections, connectionsOfStrangers);
      slot.reason = `Too many connections; the limit is ${most}.`;
    }
    if (slot.reason !== null) {
      if (this.#probation.size >= connectionsOnProbation)
        this.#evict(this.#probation.oldestOfMost());
      this.#put(slot, this.#probation);
    } else {
      this.#put(slot, this.#admitted[0]);
    }
    return slot;
  }

  /** The connection is authenticated. A contact keeps its slot. */
  authenticate(slot: ConnectionSlot, identity: Identity): void {
    if (!(slot instanceof Slot) || slot.group === null) return;
    slot.identity = identity;
    this.#promote(slot);
  }

  release(slot: ConnectionSlot): void {
    if (!(slot instanceof Slot) || slot.group === null) return;
    slot.group.delete(slot);
    slot.group = null;
    if (slot.identity === null || slot.standing === 0) return;
    const left = (this.#perContact.get(slot.identity) ?? 0) - 1;
    if (left > 0) this.#perContact.set(slot.identity, left);
    else this.#perContact.delete(slot.identity);
  }

  /**
   * Updates a connection's rank: its identity may have become a contact since. Returns whether it was
   * promoted. Only `connectionsPerContact` of one contact are.
   */
  #promote(slot: Slot): boolean {
    const { identity, group } = slot;
    if (identity === null || group === null || slot.standing !== 0) return false;
    const standing = this.#standingOf(identity);
    const count = this.#perContact.get(identity) ?? 0;
    if (standing === 0 || count >= this.#limits.connectionsPerContact) return false;
    if (group === this.#probation && !this.#hasRoom(standing, slot.network)) return false;
    slot.standing = standing;
    slot.reason = null;
    this.#perContact.set(identity, count + 1);
    group.delete(slot);
    this.#put(slot, this.#admitted[standing]);
    return true;
  }

  /** Number of connections of a network that are of no contact, after updating their ranks. */
  #strangers(network: string): number {
    const [strangers] = this.#admitted;
    const { connectionsPerAddress } = this.#limits;
    if (strangers.of(network) < connectionsPerAddress) return strangers.of(network);
    for (const slot of strangers.members(network)) this.#promote(slot);
    return strangers.of(network);
  }

  #put(slot: Slot, group: ConnectionsByNetwork<Slot>): void {
    group.add(slot);
    slot.group = group;
  }

  #evict(slot: Slot | null): void {
    if (slot === null) return;
    this.release(slot);
    slot.close();
  }

  /** Whether there is a slot for one more of this rank; may evict another. */
  #hasRoom(standing: Standing, network: string): boolean {
    if (!this.#isFull(standing)) return true;
    for (const [lower, group] of this.#admitted.entries()) {
      let first = group.oldestOfMost();
      while (first !== null && this.#promote(first)) {
        if (!this.#isFull(standing)) return true;
        first = group.oldestOfMost();
      }
      if (first === null || lower > standing) continue;
      if (lower === standing) {
        // Chosen contacts are never evicted; others only by networks that have fewer.
        if (standing === 2 || group.of(first.network) <= group.of(network) + 1) return false;
      }
      this.#evict(first);
      return true;
    }
    return false;
  }

  #isFull(standing: Standing): boolean {
    const { connections, connectionsOfStrangers } = this.#limits;
    const [strangers, ...contacts] = this.#admitted;
    const taken = contacts.reduce((sum, group) => sum + group.size, strangers.size);
    return taken >= connections || (standing === 0 && strangers.size >= connectionsOfStrangers);
  }
}
