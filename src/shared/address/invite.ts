import { formatAddress, type PeerAddress } from './address.ts';
import { type Identity, isIdentity } from './identity-text.ts';

/**
 * An invite: the link with which another peer can dial us and authenticates us from the start:
 * `parley://host:port/#fingerprint`. `parseAddress` reads it. The fingerprint follows the `#`,
 * which programs that open links do not send on.
 */
export function formatInvite(address: PeerAddress, identity: Identity): string {
  if (!isIdentity(identity)) throw new TypeError('Not an identity: 64 hexadecimal digits.');
  return `${formatAddress({ ...address, scheme: 'secure' })}/#${identity}`;
}
