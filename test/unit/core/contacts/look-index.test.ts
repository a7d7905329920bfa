import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let bob: TestPeer;

/** Bob takes everybody. */
async function start(strangersPerMinute = DEFAULT_LIMITS.strangersPerMinute) {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  const limits = { ...DEFAULT_LIMITS, strangersPerMinute };
  bob = await TestPeer.start({ name: 'Bob', network, world, limits, acceptsStrangers: true });
}

beforeEach(() => start(100_000));

/** Somebody links and is gone; the answer is how many names were taken apart for it. */
async function looks(who: string, name: string): Promise<number> {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  const caller = await rawCaller(network, { host: 'far', identity: identityOf(who) }, 'bob');
  await caller.link(name, 8080);
  caller.channel.close(1000, 'done');
  await world.advance(1_000);
  // Only the look of a name is asked for in this form.
  const names = normalize.mock.calls.filter(([form]) => form === 'NFKD').length;
  normalize.mockRestore();
  return names;
}

const contactOf = async (who: string) =>
  (await bob.conversations()).find(({ contact }) => contact.identity === identityOf(who))?.contact;

test('a peer takes as few names apart for a caller when it has fifty contacts as when it has one', async () => {
  const first = await looks('0', 'Caller 0');
  const [renamed, same] = [await looks('0', 'Someone 0'), await looks('0', 'Someone 0')];
  for (let n = 1; n <= 50; n += 1) expect(await looks(`${n}`, `Caller ${n}`)).toBe(first);
  expect(await looks('50', 'Someone 50')).toBe(renamed);
  expect(await looks('50', 'Someone 50')).toBe(same);
  expect([first, renamed, same]).toEqual([2, 2, 0]);
});

test('a peer takes no name apart for strangers that call too fast', async () => {
  await start(3);
  await looks('1', 'Caller 1');
  expect(await looks('2', 'Caller 2')).toBe(0);
  expect(await contactOf('2')).toBeUndefined();
});

test('a peer that takes everybody keeps a caller waiting that resembles a contact by the name it has now', async () => {
  await looks('1', 'Alice');
  await looks('1', 'Carol');
  await looks('2', 'Alice');
  await looks('3', 'C a r o l');
  expect((await contactOf('2'))?.policy).toBe('accepted');
  expect((await contactOf('3'))?.policy).toBe('request');
  // One that was removed is nobody's like.
  const contactId = (await contactOf('2'))?.id ?? '';
  await bob.peer.app.removeContact({ contactId });
  await looks('4', 'Alice');
  expect((await contactOf('4'))?.policy).toBe('accepted');
});
