import { formatAddress, type PeerAddress, parseAddress, sameAddress } from '../shared/address.ts';
import type { Contact } from '../shared/model.ts';

/** Addresses remembered for one contact; the least recently working are forgotten first. */
const KEPT_ADDRESSES = 8;

type Addressed = Pick<Contact, 'addresses'>;

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

/** Whether one of a contact's addresses leads to the same place. */
export function isAt({ addresses }: Addressed, address: PeerAddress): boolean {
  return addresses.some((text) => {
    const parsed = parseAddress(text);
    return parsed.ok && sameAddress(parsed.address, address);
  });
}
