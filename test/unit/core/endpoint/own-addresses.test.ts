import type { NetworkInterfaceInfo } from 'node:os';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interfaces, ownAddresses } from '../../../../src/core/endpoint/own-addresses.ts';
import { parseAddress } from '../../../../src/shared/address/address.ts';

function info(address: string): NetworkInterfaceInfo {
  const base = { address, netmask: '', mac: '', cidr: null };
  const internal = address === '127.0.0.1' || address === '::1';
  return address.includes(':')
    ? { ...base, internal, family: 'IPv6', scopeid: 0 }
    : { ...base, internal, family: 'IPv4' };
}

function interfaces(addresses: Readonly<Record<string, readonly string[]>>): Interfaces {
  return Object.fromEntries(
    Object.entries(addresses).map(([name, list]) => [name, list.map(info)]),
  );
}

const LAPTOP = interfaces({
  docker0: ['172.17.0.1'],
  lo: ['127.0.0.1', '::1'],
  tailscale0: ['100.101.102.103', 'fd7a:115c:a1e0::1'],
  'br-12ab': ['172.18.0.1'],
  wlan0: ['fe80::1', '2001:db8::20', '169.254.7.7', '192.168.1.20'],
});

describe('a peer that listens', () => {
  test('on loopback only has one address, which others cannot use', () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(ownAddresses(LAPTOP, host, 8080)).toEqual([
        { address: '127.0.0.1:8080', kind: 'this-computer' },
      ]);
    }
    expect(ownAddresses(LAPTOP, '::1', 8080)).toEqual([
      { address: '[::1]:8080', kind: 'this-computer' },
    ]);
  });

  test('on all interfaces shows the address to give to others first', () => {
    expect(ownAddresses(LAPTOP, '::', 8080)).toEqual([
      { address: '192.168.1.20:8080', kind: 'lan' },
      { address: '[2001:db8::20]:8080', kind: 'lan' },
      { address: '169.254.7.7:8080', kind: 'lan' },
      { address: '100.101.102.103:8080', kind: 'vpn' },
      { address: '[fd7a:115c:a1e0::1]:8080', kind: 'vpn' },
      { address: '127.0.0.1:8080', kind: 'this-computer' },
      { address: '172.17.0.1:8080', kind: 'virtual' },
      { address: '172.18.0.1:8080', kind: 'virtual' },
    ]);
  });

  test('on all IPv4 interfaces shows no IPv6 address', () => {
    const shown = ownAddresses(LAPTOP, '0.0.0.0', 8080).map(({ address }) => address);
    expect(shown).not.toContainEqual(expect.stringContaining('['));
    expect(shown[0]).toBe('192.168.1.20:8080');
  });

  test('on one interface shows its address', () => {
    expect(ownAddresses(LAPTOP, '192.168.1.20', 9000)).toEqual([
      { address: '192.168.1.20:9000', kind: 'lan' },
    ]);
    expect(ownAddresses(LAPTOP, '100.101.102.103', 9000)).toEqual([
      { address: '100.101.102.103:9000', kind: 'vpn' },
    ]);
    expect(ownAddresses({}, '203.0.113.9', 9000)).toEqual([
      { address: '203.0.113.9:9000', kind: 'lan' },
    ]);
  });

  test('without any network still has loopback', () => {
    expect(ownAddresses({}, '0.0.0.0', 8080)).toEqual([
      { address: '127.0.0.1:8080', kind: 'this-computer' },
    ]);
  });
});

describe('an adapter is classified by its name or range', () => {
  test.each([
    ['eth0', '10.0.0.5', 'lan'],
    ['en0', '192.168.0.2', 'lan'],
    ['Wi-Fi', '192.168.0.2', 'lan'],
    ['bridge0', '192.168.0.2', 'lan'],
    ['br0', '192.168.0.2', 'lan'],
    ['tun0', '10.8.0.2', 'vpn'],
    ['tap1', '10.8.0.2', 'vpn'],
    ['wg0', '10.9.0.2', 'vpn'],
    ['utun4', '10.9.0.2', 'vpn'],
    ['ztabc123', '10.147.17.2', 'vpn'],
    ['Tailscale', '100.64.0.1', 'vpn'],
    ['eth7', '100.64.0.1', 'vpn'],
    ['eth7', '100.127.255.254', 'vpn'],
    ['eth7', '100.128.0.1', 'lan'],
    ['docker0', '172.17.0.1', 'virtual'],
    ['veth12ab', '172.17.0.1', 'virtual'],
    ['virbr0', '192.168.122.1', 'virtual'],
    ['vmnet8', '172.16.1.1', 'virtual'],
    ['vboxnet0', '192.168.56.1', 'virtual'],
    ['vEthernet (WSL)', '172.30.0.1', 'virtual'],
  ])('%s with %s', (name, address, kind) => {
    const shown = ownAddresses(interfaces({ [name]: [address] }), '0.0.0.0', 8080);
    expect(shown).toContainEqual({ address: `${address}:8080`, kind });
  });
});

test('with any interfaces, every address shown can be typed by others, once, in order', () => {
  const ipv6 = fc.ipV6().filter((text) => !text.includes('.'));
  const adapters = fc.dictionary(
    fc.constantFrom('eth0', 'wlan0', 'tun0', 'docker0', 'veth1', 'lo', 'en5'),
    fc.array(fc.oneof(fc.ipV4(), ipv6), { maxLength: 4 }),
  );
  const port = fc.integer({ min: 1, max: 65_535 });
  const order = ['lan', 'vpn', 'this-computer', 'virtual'];
  fc.assert(
    fc.property(adapters, fc.constantFrom('0.0.0.0', '::'), port, (adapter, host, at) => {
      const shown = ownAddresses(interfaces(adapter), host, at);
      expect(new Set(shown.map(({ address }) => address)).size).toBe(shown.length);
      const ranks = shown.map(({ kind }) => order.indexOf(kind));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      for (const { address } of shown) {
        expect(parseAddress(address)).toMatchObject({ ok: true, address: { port: at } });
        expect(address).not.toMatch(/^\[fe[89ab][0-9a-f]:/);
      }
    }),
  );
});
