import { beforeEach, expect, test } from 'vitest';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let bob: TestPeer;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  bob = await TestPeer.start({ name: 'Bob', network, world });
  for (const name of ['Alice', 'Carol']) {
    await tells(name, name);
    await accept(name);
  }
});

/** Somebody calls, says its name and is gone; answers what Bob calls it. */
async function tells(who: string, name: string): Promise<string> {
  const identity = identityOf(who);
  const caller = await rawCaller(network, { host: who.toLowerCase(), identity }, 'bob');
  const link = await caller.link(name, 8080);
  await link.ping();
  caller.channel.close(1000, 'done');
  await world.advance(1_000);
  const all = await bob.conversations();
  return all.find(({ contact }) => contact.identity === identity)?.contact.name ?? '';
}

async function accept(who: string): Promise<void> {
  const all = await bob.conversations();
  const contact = all.find((it) => it.contact.identity === identityOf(who))?.contact;
  const contactId = contact?.id ?? '';
  await bob.peer.app.setPolicy({ contactId, policy: 'accepted', really: true });
}

test('a contact accepted without a name of its own cannot take the name of another contact', async () => {
  expect(await tells('Eve', 'eve:8080')).toBe(`Peer ${identityOf('Eve').slice(0, 8)}`);
  await accept('Eve');
  expect(await tells('Eve', 'Alice')).not.toBe('Alice');
});

test('a contact that announces its address as its name keeps its name, and cannot take another’s that way', async () => {
  expect(await tells('Eve', 'Eve')).toBe('Eve');
  await accept('Eve');
  expect(await tells('Eve', 'eve:8080')).toBe('Eve');
  expect(await tells('Eve', 'Alice')).toBe('Eve');
  expect(await tells('Eve', 'Evelyn')).toBe('Evelyn');
});

test('a contact accepted as a lookalike of one contact cannot become a lookalike of another', async () => {
  await tells('Eve', 'Alice');
  await accept('Eve');
  expect(await tells('Eve', 'Carol')).toBe('Alice');
});
