import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { ConnectionsByNetwork } from '../scheduling/flow-key.ts';

/**
 * Who a connection has proven to be: nobody whom we know (0), a contact that came by itself (1), or
 * one that the user chose (2). Who has proven less gives way.
 */
export type Standing = 0 | 1 | 2;

export type GateLimits = Pick<
  Limits,
  'connections' | 'connectionsAtDoor' | 'connectionsPerAddress' | 'connectionsPerContact'
>;

/** The place of one open connection. */
export interface GatePlace {
  /** Why it has only a place at the door, and will be turned away unless a contact comes on it. */
  readonly reason: string | null;
}

class Place implements GatePlace {
  readonly network: string;
  readonly cut: () => void;
  reason: string | null = null;
  identity: Identity | null = null;
  standing: Standing = 0;
  crowd: ConnectionsByNetwork<Place> | null = null;

  constructor(network: string, cut: () => void) {
    this.network = network;
    this.cut = cut;
  }
}

/**
 * Gives out the places for connections. When all are taken, connections that have proven nothing
 * give way: of the network that has most of them, the oldest. Beyond what one network may have of
 * those, and when nobody has to give way, there are places at the door, where only the TLS handshake
 * is waited for: it shows whether this is a contact, for whom there is always a place.
 */
export class ConnectionGate {
  readonly #limits: GateLimits;
  readonly #standingOf: (identity: Identity) => Standing;
  readonly #inside: readonly [
    ConnectionsByNetwork<Place>,
    ConnectionsByNetwork<Place>,
    ConnectionsByNetwork<Place>,
  ];
  readonly #door = new ConnectionsByNetwork<Place>();
  readonly #perContact = new Map<Identity, number>();

  /** @param standingOf what somebody with this proven identity is to us now */
  constructor(limits: GateLimits, standingOf: (identity: Identity) => Standing) {
    this.#limits = limits;
    this.#standingOf = standingOf;
    this.#inside = [
      new ConnectionsByNetwork(),
      new ConnectionsByNetwork(),
      new ConnectionsByNetwork(),
    ];
  }

  /**
   * Gives a new connection a place, which must be left once.
   *
   * @param network what those who may have many addresses have in common
   * @param cut closes the connection, whose place somebody else gets
   */
  enter(network: string, cut: () => void): GatePlace {
    const { connections, connectionsAtDoor, connectionsPerAddress } = this.#limits;
    const place = new Place(network, cut);
    if (this.#strangers(network) >= connectionsPerAddress) {
      place.reason = `Too many connections from your address; the limit is ${connectionsPerAddress}.`;
    } else if (!this.#hasRoom(0, network)) {
      place.reason = `Too many connections; the limit is ${connections}.`;
    }
    if (place.reason !== null) {
      if (this.#door.size >= connectionsAtDoor) this.#cut(this.#door.oldestOfMost());
      this.#put(place, this.#door);
    } else {
      this.#put(place, this.#inside[0]);
    }
    return place;
  }

  /** It is proven who is on this connection. The place of a contact is kept. */
  prove(place: GatePlace, identity: Identity): void {
    if (!(place instanceof Place) || place.crowd === null) return;
    place.identity = identity;
    this.#raise(place);
  }

  leave(place: GatePlace): void {
    if (!(place instanceof Place) || place.crowd === null) return;
    place.crowd.delete(place);
    place.crowd = null;
    if (place.identity === null || place.standing === 0) return;
    const left = (this.#perContact.get(place.identity) ?? 0) - 1;
    if (left > 0) this.#perContact.set(place.identity, left);
    else this.#perContact.delete(place.identity);
  }

  /**
   * Gives a connection the standing that its identity has by now: somebody may have become a contact
   * on it. Answers whether it is more than it had. Of one contact only so many are raised.
   */
  #raise(place: Place): boolean {
    const { identity, crowd } = place;
    if (identity === null || crowd === null || place.standing !== 0) return false;
    const standing = this.#standingOf(identity);
    const count = this.#perContact.get(identity) ?? 0;
    if (standing === 0 || count >= this.#limits.connectionsPerContact) return false;
    if (crowd === this.#door && !this.#hasRoom(standing, place.network)) return false;
    place.standing = standing;
    place.reason = null;
    this.#perContact.set(identity, count + 1);
    crowd.delete(place);
    this.#put(place, this.#inside[standing]);
    return true;
  }

  /** How many connections of a network have proven nothing, as it is now. */
  #strangers(network: string): number {
    const [strangers] = this.#inside;
    const { connectionsPerAddress } = this.#limits;
    if (strangers.of(network) < connectionsPerAddress) return strangers.of(network);
    for (const place of strangers.members(network)) this.#raise(place);
    return strangers.of(network);
  }

  #put(place: Place, crowd: ConnectionsByNetwork<Place>): void {
    crowd.add(place);
    place.crowd = crowd;
  }

  #cut(place: Place | null): void {
    if (place === null) return;
    this.leave(place);
    place.cut();
  }

  /** Whether there is a place for one more of this standing; somebody may have to give way. */
  #hasRoom(standing: Standing, network: string): boolean {
    const taken = this.#inside.reduce((sum, crowd) => sum + crowd.size, 0);
    if (taken < this.#limits.connections) return true;
    for (const [lower, crowd] of this.#inside.entries()) {
      let first = crowd.oldestOfMost();
      while (first !== null && this.#raise(first)) first = crowd.oldestOfMost();
      if (first === null || lower > standing) continue;
      if (lower === standing) {
        // A contact that the user chose gives way to nobody; others only where they are more.
        if (standing === 2 || crowd.of(first.network) <= crowd.of(network) + 1) return false;
      }
      this.#cut(first);
      return true;
    }
    return false;
  }
}
