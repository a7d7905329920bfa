import { parseAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Conversation, Policy } from '../../shared/model/model.ts';
import { raise } from '../../shared/problems/problem.ts';
import { networkOf, THIS_COMPUTER } from '../base/network-of.ts';
import { NetworkPace } from '../base/network-rate.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from './contact-book.ts';

/** How many of those whom nobody here chose there may be, and how fast they may come. */
interface Bounds {
  /** Who left no message gives way to whoever comes; no more than so many have left none. */
  readonly empty: number;
  /** Who left one stays; no more than so many in all. */
  readonly all: number;
  /** The part of either that one network may have, as `networkOf` counts. */
  readonly share: number;
  /** New ones at once and in a minute, from all networks and from one. */
  readonly perMinute: number;
  readonly perMinuteOfNetwork: number;
}

/** Strangers who wait for the user: as many as somebody may be asked to look through. */
const WAITING: Bounds = {
  empty: 100,
  all: 100,
  share: 0.25,
  perMinute: 20,
  perMinuteOfNetwork: 10,
};

/** Those whom a copy that takes everybody took. One that is away costs some kilobytes of memory. */
function takenBounds({ takenEmpty, takenPerMinute }: Limits): Bounds {
  return {
    empty: takenEmpty,
    all: 10 * takenEmpty,
    share: 0.25,
    perMinute: takenPerMinute,
    perMinuteOfNetwork: takenPerMinute / 3,
  };
}

interface Deps {
  readonly world: Pick<World, 'uptime'>;
  readonly limits: Limits;
  readonly book: ContactBook;
  /** Forgets somebody who left nothing. */
  readonly forget: (id: ContactId) => Promise<void>;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Who is let in beside those whom the user chose. Identities cost nothing, and whoever has a network
 * has its addresses: so all of them together are bounded, each network has a share, and an empty place
 * goes to whoever comes.
 */
export class Strangers {
  readonly #deps: Deps;
  readonly #waiting: NetworkPace;
  readonly #taken: NetworkPace;
  /** Where those came from who came since we started. */
  readonly #networks = new Map<ContactId, string>();
  /** Those being forgotten: they are out of the book when that is written. */
  readonly #leaving = new Set<ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#waiting = paceOf(WAITING, deps.world);
    this.#taken = paceOf(takenBounds(deps.limits), deps.world);
  }

  /**
   * Lets somebody new in, who calls from `host`, with what `add` does. Raises `over-limit` when there
   * is no place; whoever was let in before then stays.
   */
  async admit(policy: Policy, host: string, add: () => Promise<Contact>): Promise<Contact> {
    const network = networkOf(host);
    const isWaiting = policy === 'request';
    const pace = isWaiting ? this.#waiting : this.#taken;
    // Behind a tunnel everybody comes from this computer: no share can be told from another.
    const isInTime = network === THIS_COMPUTER ? pace.takeOfAll() : pace.take(network);
    if (!isInTime) raise('over-limit', { what: 'strangers are calling' });
    this.#makeRoom(isWaiting ? WAITING : takenBounds(this.#deps.limits), network, isWaiting);
    const added = await add();
    this.#networks.set(added.id, network);
    return added;
  }

  /** Raises when there is no room, before anybody is forgotten for it. */
  #makeRoom(bounds: Bounds, network: string, isWaiting: boolean): void {
    const there = this.#deps.book
      .all()
      .filter(({ contact }) => isUnchosen(contact) && !this.#leaving.has(contact.id))
      .filter(({ contact }) => (contact.policy === 'request') === isWaiting);
    const share = network === THIS_COMPUTER ? 1 : bounds.share;
    const ours = there.filter(({ contact }) => this.networkOf(contact) === network);
    const isFull = (of: readonly Conversation[], part: number): boolean =>
      of.length >= bounds.all * part || of.filter(isEmpty).length >= bounds.empty * part;
    const crowd = isFull(ours, share) ? ours : isFull(there, 1) ? there : null;
    if (crowd === null) return;
    const leaves = this.#leastMissed(crowd);
    if (!leaves) {
      raise('over-limit', { what: isWaiting ? 'requests are waiting' : 'strangers are here' });
    }
    this.#forget(leaves.contact.id);
  }

  /** Of those who left nothing, one who is gone rather than one who is there; of the largest network. */
  #leastMissed(crowd: readonly Conversation[]): Conversation | undefined {
    const sizes = new Map<string, number>();
    for (const { contact } of crowd) {
      const network = this.networkOf(contact);
      sizes.set(network, (sizes.get(network) ?? 0) + 1);
    }
    const size = ({ contact }: Conversation): number => sizes.get(this.networkOf(contact)) ?? 0;
    const isHere = ({ link }: Conversation): number => (link.phase === 'online' ? 1 : 0);
    return crowd
      .filter(isEmpty)
      .toSorted(
        (a, b) =>
          size(b) - size(a) || isHere(a) - isHere(b) || a.contact.createdAt - b.contact.createdAt,
      )[0];
  }

  #forget(id: ContactId): void {
    this.#leaving.add(id);
    this.#networks.delete(id);
    this.#deps
      .forget(id)
      .catch(this.#deps.onUnexpected)
      .finally(() => this.#leaving.delete(id));
  }

  /** From before we started only what they said is known, and that is where they called from. */
  networkOf(contact: Contact): string {
    const known = this.#networks.get(contact.id);
    if (known !== undefined) return known;
    const said = contact.addresses.at(-1);
    if (said === undefined) return 'unknown';
    const parsed = parseAddress(said);
    return networkOf(contact.kind === 'guest' || !parsed.ok ? said : parsed.address.host);
  }
}

/** Whether nobody here wanted this contact, nor keeps it out. */
export function isUnchosen({ policy, chosen }: Contact): boolean {
  return policy === 'request' || (policy === 'accepted' && !chosen);
}

function paceOf({ perMinute, perMinuteOfNetwork }: Bounds, world: Pick<World, 'uptime'>) {
  const own = { atOnce: perMinuteOfNetwork, perMinute: perMinuteOfNetwork };
  return new NetworkPace(own, { atOnce: perMinute, perMinute }, world);
}

function isEmpty({ lastMessage }: Conversation): boolean {
  return lastMessage === null;
}
