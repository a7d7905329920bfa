import { beforeEach, describe, expect, test } from 'vitest';
import { claimable, shareable } from '../../../../src/core/connections/address-exchange.ts';
import type { OwnAddress } from '../../../../src/shared/model/model.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

const lan = (...hosts: readonly string[]): OwnAddress[] =>
  hosts.map((host) => ({
    address: host.includes(':') ? `[${host}]:8080` : `${host}:8080`,
    kind: 'lan',
  }));

/** A peer with an IPv6 address at first; `own` is where it can be reached, and may change. */
async function at(name: string, ipv6: string, own = lan(ipv6)) {
  const peer = await TestPeer.start({ name, network, world, host: ipv6, addresses: () => own });
  return { peer, own, ipv6 };
}
type Moving = Awaited<ReturnType<typeof at>>;

/** Gets another address beside those it has, and notices. */
async function gains({ peer, own, ipv6 }: Moving, host: string): Promise<void> {
  network.alias(ipv6, host);
  own.push(...lan(host));
  peer.peer.networkChanged();
  await world.advance(1_000);
}

/** The IPv6 network is gone, for both. */
function withoutIpv6(...peers: readonly Moving[]): void {
  for (const { ipv6, own } of peers) {
    network.gone(ipv6);
    own.shift();
  }
  network.cut('fd00::a', 'fd00::b');
  for (const { peer } of peers) peer.peer.networkChanged();
}

/** Two friends who are linked by IPv6. */
async function friends() {
  const alice = await at('Alice', 'fd00::a');
  const bob = await at('Bob', 'fd00::b');
  const toBob = await alice.peer.connect('[fd00::b]:8080');
  await world.advance(1_000);
  const toAlice = (await bob.peer.conversation()).contact.id;
  await bob.peer.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
  await world.advance(1_000);
  return { alice, bob, toBob, toAlice };
}

describe('two contacts', () => {
  test('whose addresses all change find each other at those they had exchanged', async () => {
    const { alice, bob, toBob } = await friends();
    await gains(alice, '10.0.2.1');
    await gains(bob, '10.0.2.2');
    withoutIpv6(alice, bob);
    await alice.peer.send(toBob, 'still there?');
    await world.advance(60_000);
    expect((await alice.peer.messages(toBob)).map(({ state }) => state)).toEqual(['delivered']);
  });

  test('store exchanged addresses as claimed only', async () => {
    const { alice, bob, toBob } = await friends();
    await gains(bob, '10.0.2.2');
    const { contact } = await alice.peer.conversation();
    expect(contact.claimed).toEqual(['[fd00::b]:8080', '10.0.2.2:8080']);
    expect((await alice.peer.store.conversation(toBob))?.contact.claimed).toEqual(contact.claimed);
    expect(contact.reached.map(({ address }) => address)).toEqual(['[fd00::b]:8080']);
  });

  test('see no identity warning when another peer answers at a claimed address', async () => {
    const { alice, bob, toBob } = await friends();
    await gains(bob, '10.0.2.2');
    withoutIpv6(alice, bob);
    network.gone('10.0.2.2');
    await TestPeer.start({ name: 'Printer', network, world, host: '10.0.2.2' });
    await world.advance(60_000);
    const { link } = await alice.peer.conversation();
    expect(link).toMatchObject({ phase: 'offline', problem: { code: 'refused' } });
    expect(link.phase === 'offline' && link.retryAt).toBeGreaterThan(0);
    expect(await alice.peer.transcript(toBob)).toEqual([]);
    // Somebody who is not Bob is there: not to be dialled for him again.
    expect((await alice.peer.conversation()).contact.claimed).toEqual(['[fd00::b]:8080']);
  });
});

describe('an address exchange', () => {
  const eveAt = (host: string) =>
    rawCaller(network, { host, identity: identityOf('Eve') }, 'fd00::a');

  test('is ignored from strangers', async () => {
    const alice = await at('Alice', 'fd00::a');
    const link = await (await eveAt('100.70.0.9')).link('Eve', 8080);
    await link.addresses(['10.0.2.9:8080']);
    await world.advance(1_000);
    expect((await alice.peer.conversation()).contact.claimed).toEqual([]);
  });

  test('reaches a caller once it is accepted, and not before', async () => {
    const bob = await at('Bob', 'fd00::b');
    const alice = await at('Alice', 'fd00::a');
    await alice.peer.connect('[fd00::b]:8080');
    await world.advance(5_000);
    expect((await alice.peer.conversation()).contact.claimed).toEqual([]);
    const contactId = (await bob.peer.conversation()).contact.id;
    await bob.peer.peer.app.setPolicy({ contactId, policy: 'accepted' });
    await world.advance(1_000);
    expect((await alice.peer.conversation()).contact.claimed).toEqual(['[fd00::b]:8080']);
  });

  test('counts once the caller is accepted, even if it came earlier', async () => {
    const { bob, toAlice } = await friends();
    const { contact } = await bob.peer.conversation();
    expect(contact.id).toBe(toAlice);
    expect(contact.claimed).toEqual(['[fd00::a]:8080']);
  });

  test('is limited to eight addresses and in rate', async () => {
    const alice = await at('Alice', 'fd00::a');
    const link = await (await eveAt('fd00::e')).link('Eve', 8080);
    const contactId = (await alice.peer.conversation()).contact.id;
    await alice.peer.peer.app.setPolicy({ contactId, policy: 'accepted' });
    const known = async () => (await alice.peer.conversation()).contact.claimed;
    const many = Array.from({ length: 9 }, (_, n) => `10.0.2.${n}:8080`);
    await expect(link.addresses(many)).rejects.toThrow('up to 8');
    for (const bad of [null, 'x', [1], ['x'.repeat(101)], { 0: 'a' }]) {
      await expect(link.addresses(bad)).rejects.toThrow();
    }
    for (let n = 0; n < 50; n += 1) await link.addresses([`10.9.9.${n}:1`]);
    expect(await known()).toEqual(['10.9.9.5:1']);
    await world.advance(60_000);
    await link.addresses(['127.0.0.1:22', '10.0.2.77:8080', 'localhost:1', 'nas:8080']);
    expect(await known()).toEqual(['10.0.2.77:8080']);
  });

  test('never leads to a dial of this computer', async () => {
    const { alice, bob } = await friends();
    await gains(alice, '10.0.2.1');
    const dialled: string[] = [];
    network.beforeDial = async (from, to) => {
      if (from === 'fd00::a') dialled.push(to);
    };
    bob.own.push(...lan('10.0.2.1'));
    bob.peer.peer.networkChanged();
    await world.advance(1_000);
    expect((await alice.peer.conversation()).contact.claimed).toContain('10.0.2.1:8080');
    await bob.peer.peer.stop();
    await world.advance(60_000);
    expect(dialled.length).toBeGreaterThan(0);
    expect(dialled).not.toContain('10.0.2.1');
  });
});

describe('a claimed address', () => {
  test.each([
    '127.0.0.1:8080',
    '[::1]:8080',
    '[::ffff:127.0.0.1]:8080',
    'localhost:8080',
    'a.localhost:8080',
    '0.0.0.0:8080',
    '169.254.169.254:80',
    '[fe80::1]:8080',
    '[fe80::1%eth0]:8080',
    '224.0.0.1:8080',
    '255.255.255.255:8080',
    '[ff02::1]:8080',
    '[::]:8080',
    '[64:ff9b::7f00:1]:8080',
    '[2002:7f00:1::]:8080',
    'bobs-computer:8080',
    '10.0.2.1:0',
    '10.0.2.1:65536',
    `parley://10.0.2.1:8080/#${identityOf('Bob')}`,
    '',
  ])('is rejected when it is %s', (text) => {
    expect(claimable(text)).toEqual([]);
  });

  test.each([
    ['192.168.1.20:8080', '192.168.1.20:8080'],
    ['10.0.0.7', '10.0.0.7:8080'],
    ['100.100.1.2:9000', '100.100.1.2:9000'],
    ['[fd7a:115c:a1e0::5]:8080', '[fd7a:115c:a1e0::5]:8080'],
    ['[2600:DB8:0:0::1]:8080', '[2600:db8::1]:8080'],
    ['http://100.70.0.5:8080', '100.70.0.5:8080'],
  ])('is accepted when it is %s', (text, kept) => {
    expect(claimable(text)).toEqual([kept]);
  });

  test('of our own is shared unless it is loopback, virtual or link-local', () => {
    const own: readonly OwnAddress[] = [
      { address: '192.168.1.20:8080', kind: 'lan' },
      { address: '100.64.0.3:8080', kind: 'vpn' },
      { address: '169.254.3.4:8080', kind: 'lan' },
      { address: '127.0.0.1:8080', kind: 'this-computer' },
      { address: '172.17.0.1:8080', kind: 'virtual' },
      ...lan(...Array.from({ length: 10 }, (_, n) => `10.0.0.${n}`)),
    ];
    expect(shareable(own)).toEqual([
      '192.168.1.20:8080',
      '100.64.0.3:8080',
      ...Array.from({ length: 6 }, (_, n) => `10.0.0.${n}:8080`),
    ]);
  });
});
