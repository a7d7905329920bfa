import { isLoopbackHost } from '../../shared/address/address.ts';
import { mappedIpv4, parseIpv6 } from '../../shared/address/address-ip.ts';

/** The network of loopback addresses; behind a tunnel, all callers come from there. */
export const THIS_COMPUTER = 'this computer';

/**
 * The network that an address is counted under in per-network limits: its /64 for IPv6, since one
 * subscriber has all addresses of it, and the address itself otherwise.
 */
export function networkOf(host: string): string {
  if (isLoopbackHost(host)) return THIS_COMPUTER;
  const groups = parseIpv6(host.replace(/%.*/, ''));
  if (groups === null) return host;
  const ipv4 = mappedIpv4(groups);
  if (ipv4) return ipv4.join('.');
  const prefix = groups.slice(0, 4).map((group) => group.toString(16));
  return `${prefix.join(':')}::/64`;
}
