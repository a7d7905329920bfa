import { beforeEach, describe, expect, test } from 'vitest';
import { networkOf } from '../../../../src/core/base/network-of.ts';
import { DialBudget } from '../../../../src/core/connections/dial-budget.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

/** How many dials of so many the budget lets through. */
const taken = (budget: DialBudget, hosts: readonly string[], chosen = true) =>
  hosts.filter((host) => budget.take(host, chosen)).length;
const times = (count: number, host: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => host(n));

describe('the budget for automatic dials', () => {
  test('bounds those to one host, however many contacts claim its address', async () => {
    const budget = new DialBudget(world);
    expect(
      taken(
        budget,
        times(1_500, () => '192.0.2.7'),
      ),
    ).toBe(60);
    await world.advance(60_000);
    expect(
      taken(
        budget,
        times(1_500, () => '192.0.2.7'),
      ),
    ).toBe(30);
  });

  test('counts all names of this computer as one host', () => {
    const budget = new DialBudget(world);
    const names = ['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'a.localhost'];
    expect(
      taken(
        budget,
        times(500, (n) => names[n % names.length] ?? ''),
      ),
    ).toBe(60);
  });

  test('counts one IPv6 /64 network as one host', () => {
    const budget = new DialBudget(world);
    expect(
      taken(
        budget,
        times(500, (n) => `2001:db8::${n.toString(16)}`),
      ),
    ).toBe(60);
  });

  test('bounds those to all hosts together', () => {
    const budget = new DialBudget(world);
    const hosts = times(5_000, (n) => `10.${n >> 8}.${n & 255}.1`);
    expect(taken(budget, hosts)).toBe(600);
  });

  test('is smaller for contacts that the user did not choose, and leaves the rest to the others', () => {
    const budget = new DialBudget(world);
    expect(
      taken(
        budget,
        times(500, () => '192.0.2.7'),
        false,
      ),
    ).toBe(6);
    expect(
      taken(
        budget,
        times(500, () => '192.0.2.7'),
      ),
    ).toBe(54);
    expect(
      taken(
        budget,
        times(5_000, (n) => `10.${n >> 8}.${n & 255}.1`),
        false,
      ),
    ).toBe(54);
  });
});

test('an address is counted by its network', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2:ffff::'));
  expect(networkOf('2001:db8:1:2::')).not.toBe(networkOf('2001:db8:1:3::'));
  expect(networkOf('fe80::1%eth0')).toBe(networkOf('fe80::2%eth0'));
  expect(networkOf('some-name')).toBe('some-name');
});

describe('a peer that accepts all strangers', () => {
  let network: MemoryNetwork;
  let bot: TestPeer;
  beforeEach(async () => {
    network = new MemoryNetwork(world);
    // As a disk: it outlives the peer.
    const store = { ...createMemoryStore(), close: async () => {} };
    bot = await TestPeer.start({ name: 'Bot', network, world, acceptsStrangers: true, store });
  });

  /** Somebody who calls, says to listen where somebody else does, and hangs up. */
  async function passerBy(): Promise<string> {
    const caller = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'bot');
    await caller.link('Eve', 22);
    caller.channel.close(1000, 'bye');
    await world.advance(1_000);
    return (await bot.conversation()).contact.id;
  }

  const attempts = () => {
    let count = 0;
    network.beforeDial = async (from) => {
      if (from === 'bot') count += 1;
    };
    return () => count;
  };

  test('never dials them, even after a network change or a restart', async () => {
    const dialled = attempts();
    await passerBy();
    bot.peer.networkChanged();
    await world.advance(600_000);
    await bot.peer.stop();
    bot = await TestPeer.start({
      name: 'Bot',
      network,
      world,
      acceptsStrangers: true,
      store: bot.store,
    });
    await world.advance(600_000);
    expect(dialled()).toBe(0);
  });

  test('dials one only while a message for it is pending, and rarely', async () => {
    const contactId = await passerBy();
    const dialled = attempts();
    const before = dialled();
    const message = await bot.send(contactId, 'you asked?');
    await world.advance(60_000);
    expect(dialled()).toBeGreaterThan(before);
    expect(dialled()).toBeLessThan(12);
    await bot.peer.app.deleteMessage({ contactId, author: 'me', messageId: message.id });
    await world.advance(60_000);
    const then = dialled();
    await world.advance(600_000);
    expect(dialled()).toBe(then);
  });

  test('dials one like any contact once the user has accepted it', async () => {
    const contactId = await passerBy();
    const dialled = attempts();
    await bot.peer.app.setPolicy({ contactId, policy: 'accepted' });
    await world.advance(120_000);
    expect(dialled()).toBeGreaterThan(4);
  });
});

test('a request that is not accepted yet is not dialled when the network changes', async () => {
  const network = new MemoryNetwork(world);
  const bob = await TestPeer.start({ name: 'Bob', network, world });
  const caller = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'bob');
  await caller.link('Eve', 22);
  caller.channel.close(1000, 'bye');
  await world.advance(1_000);
  let dialled = 0;
  network.beforeDial = async () => {
    dialled += 1;
  };
  bob.peer.networkChanged();
  await world.advance(60_000);
  expect(dialled).toBe(0);
});
