import { beforeEach, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../../src/core/storage/memory/memory-store.ts';
import type { PeerEvent } from '../../../../../src/shared/bridge/events.ts';
import { FakeWorld } from '../../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../../support/network/memory-network.ts';
import { TestPeer } from '../../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let bob: TestPeer;
let told: PeerEvent[];

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  bob = await start('Bob');
  told = await listening(bob);
});

const start = (name: string, store = createMemoryStore()) =>
  TestPeer.start({ name, network, world, store });

async function listening({ peer }: TestPeer): Promise<PeerEvent[]> {
  const events: PeerEvent[] = [];
  peer.app.subscribe((await peer.app.snapshot({})).seq, (batch) => {
    if (batch.type === 'events') events.push(...batch.events.map(({ event }) => event));
  });
  return events;
}

test('a stranger that only connects is neither listed nor announced, however often', async () => {
  const eve = await start('Eve');
  await eve.connect('bob:8080');
  for (let n = 0; n < 5; n += 1) {
    await world.advance(30_000);
    network.cut('eve', 'bob');
  }
  await world.advance(30_000);
  expect(await bob.shown()).toEqual([]);
  expect(told).toEqual([]);
  await eve.peer.stop();
  await world.advance(30_000);
  expect(told).toEqual([]);
});

test('a stranger is listed with its first message, and announced before it', async () => {
  const eve = await start('Eve');
  const toBob = await eve.connect('bob:8080');
  await world.advance(5_000);
  await eve.send(toBob, 'hello');
  await world.advance(5_000);
  const [request] = await bob.shown();
  expect(request).toMatchObject({
    contact: { name: 'Eve', policy: 'request' },
    link: { phase: 'online' },
    lastMessage: { body: 'hello' },
    unread: 1,
  });
  const types = told.map(({ type }) => type);
  expect(types.indexOf('conversation-changed')).toBeLessThan(types.indexOf('message-added'));
});

test('a stranger whose only message was deleted stays a request', async () => {
  const eve = await start('Eve');
  await eve.send(await eve.connect('bob:8080'), 'hello');
  await world.advance(5_000);
  const contactId = (await bob.conversation()).contact.id;
  const messageId = (await bob.messages(contactId))[0]?.id ?? '';
  await bob.peer.app.deleteMessage({ contactId, author: 'them', messageId });
  expect(await bob.shown()).toHaveLength(1);
});

test('a connection without a message is not shown after a restart either', async () => {
  await bob.peer.stop();
  // What a process that ends does not take with it.
  const store = { ...createMemoryStore(), close: async () => {} };
  const again = await start('Bob', store);
  const eve = await start('Eve');
  await eve.connect('bob:8080');
  await world.advance(5_000);
  expect(await store.conversations()).toHaveLength(1);
  await again.peer.stop();
  const later = await start('Bob', store);
  expect(await later.shown()).toEqual([]);
});

test('a stranger that the user dials is shown at once, also if it had connected before', async () => {
  const eve = await start('Eve');
  await eve.connect('bob:8080');
  await world.advance(5_000);
  await bob.connect('eve:8080');
  await world.advance(5_000);
  expect(await bob.shown()).toMatchObject([{ contact: { name: 'Eve', policy: 'accepted' } }]);
});
