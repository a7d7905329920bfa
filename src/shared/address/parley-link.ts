import { formatAddress, parseAddress } from './address.ts';
import { formatInvite } from './invite.ts';

/** The scheme that the system opens with Parley. */
export const LINK_SCHEME = 'parley';

/** Maximum length of a link, in UTF-16 units. */
export const MAX_LINK = 2_000;

/** The parts of a link besides the peer: a path, a query. */
const BESIDE_THE_PEER = /(?<=^[a-z]+:\/\/[^/?#]+)[/?][^#]*/i;

const IS_LINK = new RegExp(`^${LINK_SCHEME}:`, 'i');

/**
 * The address or invite in a link from the operating system, in canonical form, to be put into the
 * field for a friend's address. Null when there is none. Links come from web pages and messages, so
 * only this one scheme is accepted, and of it only the peer: no path, no query.
 */
export function addressOfLink(link: unknown): string | null {
  if (typeof link !== 'string' || link.length > MAX_LINK || !IS_LINK.test(link)) return null;
  const parsed = parseAddress(link.replace(BESIDE_THE_PEER, ''));
  if (!parsed.ok) return null;
  const { address, identity } = parsed;
  return identity === null ? formatAddress(address) : formatInvite(address, identity);
}
