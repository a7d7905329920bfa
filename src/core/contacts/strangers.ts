import { parseAddress } from '../../shared/address/address.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Conversation, Policy } from '../../shared/model/model.ts';
import { raise } from '../../shared/problems/problem.ts';
import { networkOf, THIS_COMPUTER } from '../base/network-of.ts';
import { NetworkPace } from '../base/network-rate.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from './contact-book.ts';

/** Limits on contacts that the user did not choose: number, and rate of admission. */
interface Bounds {
  /** Maximum without a message; beyond it a new stranger replaces one of them. */
  readonly empty: number;
  /** Maximum in all; those with a message are not replaced. */
  readonly all: number;
  /** The share of either that one network may have, as `networkOf` counts. */
  readonly share: number;
  /** Burst and rate per minute of new ones, from all networks and from one. */
  readonly perMinute: number;
  readonly perMinuteOfNetwork: number;
}

/** Requests that await the user: as many as a person can be expected to review. */
const WAITING: Bounds = {
  empty: 100,
  all: 100,
  share: 0.25,
  perMinute: 20,
  perMinuteOfNetwork: 10,
};

/** Contacts accepted automatically. An offline one costs some kilobytes of memory. */
function strangerBounds({ emptyStrangers, strangersPerMinute }: Limits): Bounds {
  return {
    empty: emptyStrangers,
    all: 10 * emptyStrangers,
    share: 0.25,
    perMinute: strangersPerMinute,
    perMinuteOfNetwork: strangersPerMinute / 3,
  };
}

interface Deps {
  readonly world: Pick<World, 'uptime'>;
  readonly limits: Limits;
  readonly book: ContactBook;
  /** Removes a contact without messages. */
  readonly forget: (id: ContactId) => Promise<void>;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * Admission of strangers. Identities cost nothing, nor do addresses within one's own network: so
 * strangers are limited in total and per network, and those without a message are replaced by new ones.
 */
export class Strangers {
  readonly #deps: Deps;
  readonly #waiting: NetworkPace;
  readonly #taken: NetworkPace;
  /** Networks of the strangers admitted since start. */
  readonly #networks = new Map<ContactId, string>();
  /** Contacts being removed; they leave the book once that is stored. */
  readonly #leaving = new Set<ContactId>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#waiting = paceOf(WAITING, deps.world);
    this.#taken = paceOf(strangerBounds(deps.limits), deps.world);
  }

  /**
   * Admits a stranger that calls from `host`, by running `add`. Raises `over-limit` if the limits are
   * reached; strangers admitted before are not affected.
   *
   * @param policy that of a stranger here
   * @param isRequest whether this one has to wait all the same; asked only of those who call in time,
   *   as the answer costs work
   */
  async admit(
    policy: Policy,
    host: string,
    add: (policy: Policy) => Promise<Contact>,
    isRequest: () => boolean = () => false,
  ): Promise<Contact> {
    const network = networkOf(host);
    this.#takeTurn(policy, network);
    const given = policy !== 'request' && isRequest() ? 'request' : policy;
    if (given !== policy) this.#takeTurn(given, network);
    const isWaiting = given === 'request';
    this.#makeRoom(isWaiting ? WAITING : strangerBounds(this.#deps.limits), network, isWaiting);
    const added = await add(given);
    this.#networks.set(added.id, network);
    return added;
  }

  #takeTurn(policy: Policy, network: string): void {
    const pace = policy === 'request' ? this.#waiting : this.#taken;
    // Behind a tunnel all callers come from this computer: their networks cannot be told apart.
    const isInTime = network === THIS_COMPUTER ? pace.takeOfAll() : pace.take(network);
    if (!isInTime) raise('over-limit', { what: 'strangers are calling' });
  }

  /** Evicts a stranger if the limits are reached; raises, before evicting, if there is none to evict. */
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
    const leaves = this.#evictionCandidate(crowd);
    if (!leaves) {
      raise('over-limit', { what: isWaiting ? 'requests are waiting' : 'strangers are here' });
    }
    this.#forget(leaves.contact.id);
  }

  /** Eviction order among strangers without a message: largest network, then offline, then oldest. */
  #evictionCandidate(crowd: readonly Conversation[]): Conversation | undefined {
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

  /**
   * For strangers admitted before this start only the announced address is known, which is the one
   * they called from.
   */
  networkOf(contact: Contact): string {
    const known = this.#networks.get(contact.id);
    if (known !== undefined) return known;
    const said = contact.addresses.at(-1);
    if (said === undefined) return 'unknown';
    const parsed = parseAddress(said);
    return networkOf(contact.kind === 'guest' || !parsed.ok ? said : parsed.address.host);
  }
}

/** Whether the user neither chose nor blocked this contact. */
export function isUnchosen({ policy, chosen }: Contact): boolean {
  return policy === 'request' || (policy === 'accepted' && !chosen);
}

function paceOf({ perMinute, perMinuteOfNetwork }: Bounds, world: Pick<World, 'uptime'>) {
  const own = { atOnce: perMinuteOfNetwork, perMinute: perMinuteOfNetwork };
  return new NetworkPace(own, { atOnce: perMinute, perMinute }, world);
}

/** Whether nothing would be lost with it: no message, and nothing that the user has begun to write. */
function isEmpty({ contact, lastMessage }: Conversation): boolean {
  return lastMessage === null && !contact.draft;
}
