import {
  formatAddress,
  type PeerAddress,
  parseAddress,
  sameAddress,
} from '../../shared/address/address.ts';
import type { Contact, ReachedAddress } from '../../shared/model/model.ts';

/** Addresses remembered for one contact; the least recently working are forgotten first. */
export const KEPT_ADDRESSES = 8;

/** How exactly the time of an answer is kept, milliseconds: not every dial is worth a write. */
const TIME_KEPT = 60 * 60_000;

type Addressed = Pick<Contact, 'addresses'>;
type Reached = Pick<Contact, 'reached'>;

/** A contact's addresses with `address` as the first. */
export function withAddress({ addresses }: Addressed, address: PeerAddress): readonly string[] {
  return joinAddresses([formatAddress(address)], addresses);
}

/** Both lists, the first one's first, as far as they are remembered. */
export function joinAddresses(
  first: readonly string[],
  then: readonly string[],
): readonly string[] {
  return [...new Set([...first, ...then])].slice(0, KEPT_ADDRESSES);
}

/** What a contact's record says once it has answered at `address`, which we dialled. */
export function withReached(
  contact: Addressed & Reached,
  address: PeerAddress,
  at: number,
): Addressed & Reached {
  const others = withoutReached(contact, address);
  const before = reachedAt(contact, address);
  const recent = before !== null && before <= at && at - before < TIME_KEPT;
  const now = { address: place(address), at: recent ? before : at };
  return {
    addresses: withAddress(contact, address),
    reached: [now, ...others].slice(0, KEPT_ADDRESSES),
  };
}

/** The places where a contact has answered us, but for `address`: somebody else answers there. */
export function withoutReached(
  { reached }: Reached,
  address: PeerAddress,
): readonly ReachedAddress[] {
  return reached.filter((it) => it.address !== place(address));
}

/** When this contact last answered us at `address`, Unix milliseconds; null if it never did. */
export function reachedAt({ reached }: Reached, address: PeerAddress): number | null {
  return reached.find((it) => it.address === place(address))?.at ?? null;
}

/**
 * Whether `address`, typed by the user, can mean this contact. What a contact says of itself, or a
 * file says of it, does not count: one with a key is meant where it has proven that key when we
 * dialled; one without is nothing but the one place that it was made for.
 */
export function isMeantBy(contact: Contact, address: PeerAddress): boolean {
  if (contact.kind === 'guest') return false;
  if (contact.identity !== null) return reachedAt(contact, address) !== null;
  return contact.addresses.length > 0 && contact.addresses.every((text) => leadsTo(text, address));
}

/** Where a contact may be. */
export interface DialTarget {
  readonly address: PeerAddress;
  /** Only the contact itself says so: what else answers there means nothing. */
  readonly claimed: boolean;
}

/** Places dialled in one attempt. */
const DIALLED_ADDRESSES = 12;

/**
 * Where to dial a contact, in the order in which to try: what was learned last, where it was last
 * reached, where it says that it is (but never on this computer), then everything else.
 */
export function dialTargets(
  { addresses, reached, claimed }: Pick<Contact, 'addresses' | 'reached' | 'claimed'>,
  isOwnHost: (host: string) => boolean,
): readonly DialTarget[] {
  const seen = reached.map(({ address }) => address);
  const believed = new Set([...addresses, ...seen]);
  const last = [...addresses.slice(0, 1), ...seen.slice(0, 1)];
  const order = new Set([...last, ...claimed, ...addresses, ...seen]);
  const places = new Set<string>();
  return [...order]
    .flatMap((text) => {
      const parsed = parseAddress(text);
      if (!parsed.ok) return [];
      const { address } = parsed;
      const isClaimed = !believed.has(text);
      if ((isClaimed && isOwnHost(address.host)) || places.has(place(address))) return [];
      places.add(place(address));
      return [{ address, claimed: isClaimed }];
    })
    .slice(0, DIALLED_ADDRESSES);
}

/** The same place in the same words, however it is to be spoken to. */
function place({ host, port }: PeerAddress): string {
  return formatAddress({ scheme: 'auto', host, port });
}

function leadsTo(text: string, address: PeerAddress): boolean {
  const parsed = parseAddress(text);
  return parsed.ok && sameAddress(parsed.address, address);
}
