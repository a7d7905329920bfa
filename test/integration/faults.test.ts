import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HEARTBEAT } from '../../src/core/protocol/session.ts';
import { Dice } from '../simulation/dice.ts';
import { seeded } from '../support/basics/seeded.ts';
import type { LaneFault } from '../support/network/fault-lane.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../support/network/fault-proxy.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

const proxies: FaultProxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
});

async function proxyTo(peer: RealPeer): Promise<FaultProxy> {
  const proxy = await startFaultProxy({ target: peer.port });
  proxies.push(proxy);
  return proxy;
}

const local = ({ port }: { readonly port: number }) => `127.0.0.1:${port}`;
/** Never spoken to in the clear, where messages may end unconfirmed, however often TLS is cut off. */
const encrypted = (endpoint: { readonly port: number }) => `parley://${local(endpoint)}`;
const BLACKHOLE: Fault = { out: { type: 'blackhole' }, back: { type: 'blackhole' } };
/** Bytes that TLS, the upgrade and the hello take on one lane, rounded up. */
const SETTLED = 6_000;

let alice: RealPeer;
let bob: RealPeer;
let proxy: FaultProxy;
let toBob: string;

test('the heartbeat of a released version ends a silent connection within 30 seconds', () => {
  expect(HEARTBEAT.every + HEARTBEAT.timeout).toBeLessThan(30_000);
});

describe('two peers connected through a faulty proxy', () => {
  beforeEach(async () => {
    alice = await RealPeer.start('Alice');
    bob = await RealPeer.start('Bob');
    proxy = await proxyTo(bob);
    toBob = await alice.connect(local(proxy));
    await alice.untilLink(toBob, 'online');
    await alice.send(toBob, 'before');
    await alice.untilDelivered(toBob);
  });

  const bobHas = async () => bob.bodies((await bob.with(alice)).contact.id, 'them');

  test.each<[string, Fault]>([
    ['drops everything', BLACKHOLE],
    ['forwards only what Alice sends', { back: { type: 'blackhole' } }],
    ['forwards only what Bob sends', { out: { type: 'blackhole' } }],
  ])(
    'are offline on both sides when it %s, and pending messages arrive once afterwards',
    async (_, fault) => {
      const toAlice = (await bob.with(alice)).contact.id;
      proxy.apply(fault);
      await alice.send(toBob, 'into the dark');
      await bob.send(toAlice, 'into the dark too');
      await Promise.all([alice.untilLink(toBob, 'offline'), bob.untilLink(toAlice, 'offline')]);

      proxy.heal();
      alice.peer.networkChanged();
      await alice.untilDelivered(toBob);
      await bob.untilDelivered(toAlice);
      expect(await bobHas()).toEqual(['before', 'into the dark']);
      expect(await alice.bodies(toBob, 'them')).toEqual(['into the dark too']);
    },
  );

  test.each(['rst', 'fin'] as const)(
    'reconnect by themselves when it cuts the connection (%s)',
    async (how) => {
      proxy.cutAll(how);
      await alice.untilLink(toBob, 'offline');
      await alice.send(toBob, 'after');
      await alice.untilDelivered(toBob);
      expect(await bobHas()).toEqual(['before', 'after']);
      expect(await alice.link(toBob)).toMatchObject({ phase: 'online', transport: 'parley' });
    },
  );

  test.each(['rst', 'fin'] as const)(
    'reconnect by themselves when it cuts the connection (%s) within a frame',
    async (how) => {
      const after = (proxy.connections.at(-1)?.out.bytes ?? 0) + 20_000;
      proxy.apply({ out: { type: 'cut', after, how } });
      const long = 'long '.repeat(10_000);
      await alice.send(toBob, long);
      await alice.send(toBob, 'after');
      await alice.untilLink(toBob, 'offline');
      proxy.heal();
      await alice.untilDelivered(toBob);
      expect(await bobHas()).toEqual(['before', long, 'after']);
    },
  );

  test('show a message once when it drops every acknowledgement', async () => {
    proxy.apply({ back: { type: 'blackhole' } });
    const sent = Array.from({ length: 100 }, (_, n) => `unacknowledged ${n}`);
    for (const body of sent) await alice.send(toBob, body);
    await bob.until('the last one', async () => (await bobHas()).includes('unacknowledged 0'));
    await alice.untilLink(toBob, 'offline');
    expect(await alice.states(toBob)).toContain('sending');
    proxy.heal();
    await alice.untilDelivered(toBob);
    expect(await bobHas()).toEqual(['before', ...sent]);
  });

  test('detect by TLS a byte that it changes, and show only the true text', async () => {
    const spoiled = proxy.connections.at(-1) ?? expect.fail('no connection');
    spoiled.out.fault = { type: 'corrupt', at: spoiled.out.bytes + 300 };
    const text = 'exactly this '.repeat(100);
    await alice.send(toBob, text);
    await alice.untilDelivered(toBob);
    expect(spoiled.closed).toBe(true);
    expect(await bobHas()).toEqual(['before', text]);
  });

  test('deliver in order when it is slow', async () => {
    proxy.apply({ out: { type: 'delay', ms: 120 }, back: { type: 'delay', ms: 80 } });
    const sent = Array.from({ length: 30 }, (_, n) => `slow ${n}`);
    for (const body of sent) await alice.send(toBob, body);
    await alice.untilDelivered(toBob);
    expect(await bobHas()).toEqual(['before', ...sent]);
  });
});

describe('two peers that dial each other through proxies that keep failing', () => {
  const MESSAGES = 60;

  test.each([1, 2, 3, 4, 5, 6])(
    'lose nothing, duplicate nothing and keep the order (seed %i)',
    async (seed) => {
      const dice = new Dice(seeded(seed));
      alice = await RealPeer.start('Alice');
      bob = await RealPeer.start('Bob');
      const lines = [await proxyTo(bob), await proxyTo(alice)] as const;
      for (const line of lines) line.planNext(() => breakage(dice));
      toBob = await alice.connect(encrypted(lines[0]));
      let toAlice = await bob.connect(encrypted(lines[1]));
      const current = async () => {
        // A contact that was added by address is the known one from the moment that it is met.
        toBob = (await alice.conversations())[0]?.contact.id ?? toBob;
        toAlice = (await bob.conversations())[0]?.contact.id ?? toAlice;
      };
      for (let n = 0; n < MESSAGES; n += 1) {
        await current();
        await Promise.all([alice.send(toBob, `a${n}`), bob.send(toAlice, `b${n}`)]);
        if (dice.chance(0.1)) dice.pick(lines).cutAll(dice.pick(['rst', 'fin']));
        if (dice.chance(0.1)) dice.pick([alice, bob]).peer.networkChanged();
        await new Promise((resolve) => setTimeout(resolve, dice.between(0, 30)));
      }
      for (const line of lines) line.heal();
      for (const { peer } of [alice, bob]) peer.networkChanged();

      toBob = await met(alice, bob);
      toAlice = await met(bob, alice);
      await Promise.all([alice.untilDelivered(toBob), bob.untilDelivered(toAlice)]);
      const a = Array.from({ length: MESSAGES }, (_, n) => `a${n}`);
      const b = Array.from({ length: MESSAGES }, (_, n) => `b${n}`);
      expect(await alice.bodies(toBob, 'me')).toEqual(a);
      expect(await bob.bodies(toAlice, 'them')).toEqual(a);
      expect(await bob.bodies(toAlice, 'me')).toEqual(b);
      expect(await alice.bodies(toBob, 'them')).toEqual(b);
      expect([...alice.unexpected, ...bob.unexpected]).toEqual([]);
    },
  );

  /** The contact, once it is proven and no other stands for the same person any more. */
  async function met(one: RealPeer, other: RealPeer): Promise<string> {
    await one.until('one conversation', async () => {
      const all = await one.conversations();
      return all.length === 1 && all[0]?.contact.identity === other.identity;
    });
    return (await one.with(other)).contact.id;
  }

  function breakage(dice: Dice): Fault {
    const lane = (): LaneFault => {
      const at = dice.chance(0.3) ? dice.between(0, SETTLED) : dice.between(SETTLED, 15_000);
      return dice.pick<LaneFault>([
        { type: 'none' },
        { type: 'delay', ms: dice.between(1, 60) },
        { type: 'cut', after: at, how: 'rst' },
        { type: 'cut', after: at, how: 'fin' },
        { type: 'corrupt', at },
        { type: 'blackhole', after: SETTLED + at },
      ]);
    };
    return { out: lane(), back: lane() };
  }
});
