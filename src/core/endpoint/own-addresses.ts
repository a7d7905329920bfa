import type { NetworkInterfaceInfo } from 'node:os';
import ipaddr from 'ipaddr.js';
import { formatAddress } from '../../shared/address/address.ts';
import type { AddressKind, OwnAddress } from '../../shared/model/model.ts';

/** What `os.networkInterfaces()` returns. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/**
 * Best address for others first. A virtual adapter is reachable only by guests on this computer.
 */
const ORDER: readonly AddressKind[] = ['lan', 'vpn', 'this-computer', 'virtual'];

/** Interface names that VPN programs use on Linux, macOS and Windows. */
const VPN_NAME = /^(tun|tap|wg|utun|ppp|ipsec|tailscale|zt|zerotier|wireguard|nordlynx|ham)/i;

/** Interface names of containers and virtual machines. `bridge1xx` is macOS sharing with guests. */
const VIRTUAL_NAME =
  /^(docker|veth|br-|virbr|vmnet|vboxnet|vethernet|vmware|virtualbox|lxcbr|lxdbr|podman|cni|flannel|vnic|bridge1\d\d)/i;

/** Tailscale's own ranges: the shared address space (RFC 6598) and its unique local prefix. */
const VPN_RANGES = ['100.64.0.0/10', 'fd7a:115c:a1e0::/48'].map((range) => ipaddr.parseCIDR(range));

/** Ranges (as ipaddr.js names them) that cannot be dialled from other computers. */
const NOT_DIALLED: ReadonlySet<string> = new Set([
  'loopback',
  'unspecified',
  'multicast',
  'broadcast',
]);

const THIS_COMPUTER = '127.0.0.1';

interface Candidate {
  readonly host: string;
  readonly kind: AddressKind;
}

/**
 * The addresses of a peer that listens on `host` (an address, `0.0.0.0`, `::` or `localhost`) and
 * `port`, best first, as others would type them. IPv6 link-local addresses are left out: they need
 * a zone, which every computer names differently.
 */
export function ownAddresses(
  interfaces: Interfaces,
  host: string,
  port: number,
): readonly OwnAddress[] {
  const candidates = candidatesFor(interfaces, host);
  const sorted = candidates.toSorted((a, b) => rank(a) - rank(b));
  const addresses = sorted.map(({ host: own, kind }) => ({
    address: formatAddress({ scheme: 'auto', host: own, port }),
    kind,
  }));
  return addresses.filter(
    ({ address }, index) => addresses.findIndex((other) => other.address === address) === index,
  );
}

function candidatesFor(interfaces: Interfaces, host: string): readonly Candidate[] {
  const listening = ipaddr.isValid(host) ? ipaddr.process(host) : null;
  if (listening === null) return [{ host: THIS_COMPUTER, kind: 'this-computer' }];
  const range = listening.range();
  if (range === 'loopback') return [{ host: listening.toString(), kind: 'this-computer' }];
  const reachable = interfaceAddresses(interfaces);
  if (range !== 'unspecified') {
    const own = listening.toString();
    return [reachable.find((candidate) => candidate.host === own) ?? { host: own, kind: 'lan' }];
  }
  const all = [...reachable, { host: THIS_COMPUTER, kind: 'this-computer' } as const];
  // `::` accepts IPv4 too; `0.0.0.0` accepts nothing else.
  return listening.kind() === 'ipv6' ? all : all.filter(({ host: own }) => !own.includes(':'));
}

function interfaceAddresses(interfaces: Interfaces): readonly Candidate[] {
  return Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? []).flatMap(({ address, internal }) => {
      if (internal || !ipaddr.isValid(address)) return [];
      const parsed = ipaddr.process(address);
      if (parsed.kind() === 'ipv6' && parsed.range() === 'linkLocal') return [];
      if (NOT_DIALLED.has(parsed.range())) return [];
      return [{ host: parsed.toString(), kind: kindOf(name, parsed) }];
    }),
  );
}

function kindOf(name: string, address: ipaddr.IPv4 | ipaddr.IPv6): AddressKind {
  if (VIRTUAL_NAME.test(name)) return 'virtual';
  if (VPN_NAME.test(name)) return 'vpn';
  const inVpn = VPN_RANGES.some(
    ([range, bits]) => range.kind() === address.kind() && address.match(range, bits),
  );
  return inVpn ? 'vpn' : 'lan';
}

/**
 * By kind; then IPv4, which is easier to read out loud, and among that addresses assigned by a
 * router.
 */
function rank({ host, kind }: Candidate): number {
  const family = host.includes(':') ? 1 : 0;
  const selfAssigned = host.startsWith('169.254.') ? 2 : 0;
  return ORDER.indexOf(kind) * 4 + Math.max(family, selfAssigned);
}
