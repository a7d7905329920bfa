import { beforeEach, expect, test } from 'vitest';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let alice: TestPeer;
let contactId: string;

beforeEach(async () => {
  world = new FakeWorld();
  const network = new MemoryNetwork(world);
  alice = await TestPeer.start({ name: 'Alice', network, world });
  await TestPeer.start({ name: 'Bob', network, world });
  contactId = await alice.connect('bob:8080');
  await world.advance(1_000);
});

const log = (after = 0) => alice.peer.app.wireLog({ contactId, after });

test('nothing is recorded until the user enables it', async () => {
  await alice.send(contactId, 'unseen');
  await world.advance(1_000);
  expect(await log()).toEqual({ on: false, frames: [], dropped: 0 });
});

test('every frame of a message and its acknowledgement is shown in order, with its size', async () => {
  await alice.peer.app.watchWire({ contactId, on: true });
  await alice.send(contactId, 'on the record');
  await world.advance(1_000);
  const { frames } = await log();
  expect(frames.map(({ direction }) => direction)).toEqual(['sent', 'sent', 'received', 'sent']);
  expect(frames[0]?.text).toContain('"deliver"');
  expect(frames[0]?.text).toContain('on the record');
  expect(frames[2]?.text).toContain('"accepted"');
  for (const { text, bytes } of frames) expect(bytes).toBe(Buffer.byteLength(text));
  expect((await log(frames[1]?.seq)).frames).toEqual(frames.slice(2));
});

test('each frame has its position in its session, also after a reconnection', async () => {
  await alice.peer.app.watchWire({ contactId, on: true });
  await alice.send(contactId, 'one');
  await world.advance(1_000);
  const before = (await log()).frames;
  const places = before.map(({ session, direction, nth }) => ({ session, direction, nth }));
  const sent = places.filter(({ direction }) => direction === 'sent');
  expect(new Set(places.map(({ session }) => session)).size).toBe(1);
  // The link was made before the log was on.
  expect(sent[0]?.nth).toBeGreaterThan(1);
  expect(sent.map(({ nth }) => nth)).toEqual(sent.map((_, index) => (sent[0]?.nth ?? 0) + index));

  await alice.peer.app.setPaused({ paused: true });
  await world.advance(1_000);
  await alice.peer.app.setPaused({ paused: false });
  await world.advance(30_000);
  const again = (await log(before.at(-1)?.seq)).frames.filter(
    ({ session }) => session !== before[0]?.session,
  );
  expect(again.find(({ direction }) => direction === 'sent')?.nth).toBe(1);
});

test('memory stays bounded, and dropped frames are counted', async () => {
  await alice.peer.app.watchWire({ contactId, on: true });
  for (let n = 0; n < 300; n += 1) {
    await alice.send(contactId, 'x'.repeat(10_000));
    await world.advance(50);
  }
  const { frames, dropped } = await log();
  expect(frames.length).toBe(500);
  expect(dropped).toBeGreaterThan(0);
  expect(Math.max(...frames.map(({ text }) => text.length))).toBeLessThanOrEqual(4_000);
});

test('disabling it discards the recorded frames', async () => {
  await alice.peer.app.watchWire({ contactId, on: true });
  await alice.send(contactId, 'gone');
  await world.advance(1_000);
  await alice.peer.app.watchWire({ contactId, on: false });
  await alice.peer.app.watchWire({ contactId, on: true });
  expect((await log()).frames).toEqual([]);
});
