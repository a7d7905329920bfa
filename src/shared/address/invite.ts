import { formatAddress, type PeerAddress } from './address.ts';
import { type Identity, isIdentity } from './identity-text.ts';

/**
 * The link that lets a friend call us and know from the start that it is us:
 * `parley://host:port/#fingerprint`. `parseAddress` reads it. The fingerprint stands after the `#`,
 * which programs that open links do not send on.
 */
export function formatInvite(address: PeerAddress, identity: Identity): string {
  if (!isIdentity(identity)) throw new TypeError('Not an identity: 64 hexadecimal digits.');
  return `${formatAddress({ ...address, scheme: 'secure' })}/#${identity}`;
}
