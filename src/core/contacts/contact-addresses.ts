import {
  formatAddress,
  type PeerAddress,
  parseAddress,
  sameAddress,
} from '../../shared/address/address.ts';
import type { Contact, ReachedAddress } from '../../shared/model/model.ts';

/** Addresses remembered per contact; the one not reached for longest is dropped first. */
export const KEPT_ADDRESSES = 8;

/** Precision of the time of an answer, milliseconds: not every dial is worth a write. */
const TIME_KEPT = 60 * 60_000;

type Addressed = Pick<Contact, 'addresses'>;
type Reached = Pick<Contact, 'reached'>;

/** A contact's addresses with `address` as the first. */
export function withAddress({ addresses }: Addressed, address: PeerAddress): readonly string[] {
  return joinAddresses([formatAddress(address)], addresses);
}

/** Both lists, the first one's addresses first, up to the limit. */
export function joinAddresses(
  first: readonly string[],
  then: readonly string[],
): readonly string[] {
  return [...new Set([...first, ...then])].slice(0, KEPT_ADDRESSES);
}

/** Records that a contact has answered at `address`, which we dialled. */
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

/**
 * Removes `address` from the places where a contact has answered: another identity answers there.
 */
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
 * Whether `address`, typed by the user, can mean this contact. Claims by the contact or a file do
 * not count: a contact with a key is meant where it was authenticated when we dialled; one without
 * a key is just the address that it was created for.
 */
export function isMeantBy(contact: Contact, address: PeerAddress): boolean {
  if (contact.kind === 'guest') return false;
  if (contact.identity !== null) return reachedAt(contact, address) !== null;
  return contact.addresses.length > 0 && contact.addresses.every((text) => leadsTo(text, address));
}

/** An address of a contact, to be dialled. */
export interface DialTarget {
  readonly address: PeerAddress;
  /** Claimed by the contact only: another identity that answers there means nothing. */
  readonly claimed: boolean;
}

/** Addresses dialled in one attempt. */
const DIALLED_ADDRESSES = 12;

/**
 * Where to dial a contact, in order: the address learned last, where it was last reached, where it
 * claims to be (but never on this computer), then everything else.
 */
export function dialTargets(
  { addresses, reached, claimed }: Pick<Contact, 'addresses' | 'reached' | 'claimed'>,
  isOwnHost: (host: string) => boolean,
): readonly DialTarget[] {
  const seen = reached.map(({ address }) => address);
  const trusted = new Set([...addresses, ...seen]);
  const last = [...addresses.slice(0, 1), ...seen.slice(0, 1)];
  const order = new Set([...last, ...claimed, ...addresses, ...seen]);
  const places = new Set<string>();
  return [...order]
    .flatMap((text) => {
      const parsed = parseAddress(text);
      if (!parsed.ok) return [];
      const { address } = parsed;
      const isClaimed = !trusted.has(text);
      if ((isClaimed && isOwnHost(address.host)) || places.has(place(address))) return [];
      places.add(place(address));
      return [{ address, claimed: isClaimed }];
    })
    .slice(0, DIALLED_ADDRESSES);
}

/** A key of the host and port, whatever the scheme. */
function place({ host, port }: PeerAddress): string {
  return formatAddress({ scheme: 'auto', host, port });
}

function leadsTo(text: string, address: PeerAddress): boolean {
  const parsed = parseAddress(text);
  return parsed.ok && sameAddress(parsed.address, address);
}
