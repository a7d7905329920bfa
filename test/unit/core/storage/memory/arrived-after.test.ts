import { expect, test } from 'vitest';
import { createMemoryStore } from '../../../../../src/core/storage/memory/memory-store.ts';
import { FakeWorld } from '../../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../../support/network/memory-network.ts';
import { TestPeer } from '../../../../support/peers/test-peer.ts';

test('a snapshot tells which messages are older than the start of the peer', async () => {
  const world = new FakeWorld();
  const network = new MemoryNetwork(world);
  const store = createMemoryStore();
  const first = await TestPeer.start({ name: 'Bob', network, world, store });
  expect((await first.peer.app.snapshot({})).arrivedAfter).toBe(0);
  const ann = await first.connect('ann:8080');
  const { seq } = await first.send(ann, 'sent by the copy before');
  // What came in while it runs does not move the mark.
  expect((await first.peer.app.snapshot({})).arrivedAfter).toBe(0);
  const again = await TestPeer.start({
    name: 'Rob',
    network,
    world,
    store,
  });
  expect((await again.peer.app.snapshot({})).arrivedAfter).toBe(seq);
});
