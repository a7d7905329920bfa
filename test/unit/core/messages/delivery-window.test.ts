import { beforeEach, expect, test } from 'vitest';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { TestPeer } from '../../../support/peers/test-peer.ts';
import { type SlowStore, slowStore } from '../../../support/storage/slow-store.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let alice: TestPeer;
let bob: TestPeer;
let alicesDisk: SlowStore;
let bobsDisk: SlowStore;
let toBob: string;
let toAlice: string;
/** Calls of `deliver`, on all lines. */
let carried: number;

/** One way of a line, milliseconds. */
const TRIP = 100;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  carried = 0;
  network.wireFor = () => ({
    carry: (message, arrive) => {
      if (JSON.stringify(message).includes('deliver')) carried += 1;
      world.after(TRIP, () => arrive(message));
    },
  });
  alicesDisk = slowStore(world, 0);
  bobsDisk = slowStore(world, 0);
  alice = await TestPeer.start({ name: 'Alice', network, world, store: alicesDisk });
  bob = await TestPeer.start({ name: 'Bob', network, world, store: bobsDisk });
  toBob = await alice.connect('bob:8080');
  await world.advance(5_000);
  toAlice = (await bob.conversation()).contact.id;
  await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
  await world.advance(5_000);
});

const diskIsFull = () => new ProblemError(problem('storage', { reason: 'the disk is full.' }));
const bodies = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`);
const received = async () =>
  (await bob.messages(toAlice)).filter(({ author }) => author === 'them').map(({ body }) => body);
const states = async () => new Set((await alice.messages(toBob)).map(({ state }) => state));

test('a backlog is sent without a round trip per batch', async () => {
  const sent = bodies(120);
  await Promise.all(sent.map((body) => alice.send(toBob, body)));
  // Four batches: one after the other they would take four round trips, 800 ms.
  await world.advance(3 * TRIP);
  expect(await received()).toEqual(sent);
  await world.advance(TRIP);
  expect(await states()).toEqual(new Set(['delivered']));
});

test('when a batch cannot be stored, no later message is stored before it', async () => {
  const sent = bodies(200);
  let writes = 0;
  bobsDisk.delay = 20;
  bobsDisk.beforeWrite = (write) => {
    if (write !== 'addMessages') return;
    writes += 1;
    if (writes === 2) throw diskIsFull();
  };
  const seen: number[] = [];
  bob.peer.app.subscribe((await bob.peer.app.snapshot({})).seq, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type === 'message-added') seen.push(sent.indexOf(event.message.body));
    }
  });
  await Promise.all(sent.map((body) => alice.send(toBob, body)));
  await world.advance(60_000);
  expect(writes).toBeGreaterThan(2);
  expect(seen).toEqual(sent.map((_, n) => n));
  expect(await received()).toEqual(sent);
  expect(await states()).toEqual(new Set(['delivered']));
});

test('messages beyond a stranger’s quota follow in order once the stranger is accepted', async () => {
  const cem = await TestPeer.start({ name: 'Cem', network, world });
  const contactId = await cem.connect('bob:8080');
  await world.advance(5_000);
  const sent = bodies(350);
  await Promise.all(sent.map((body) => cem.send(contactId, body)));
  await world.advance(5_000);
  const request = (await bob.conversations()).find(({ contact }) => contact.name === 'Cem');
  const id = request?.contact.id ?? '';
  const from = async () => (await bob.store.page(id, null, 1_000)).messages.map(({ body }) => body);
  expect((await from()).length).toBeLessThan(sent.length);
  const before = carried;
  await world.advance(60_000);
  expect(carried, 'it went on asking').toBe(before);
  // Accepted while further batches are on their way.
  const more = bodies(100).map((body) => `more ${body}`);
  await Promise.all(more.map((body) => cem.send(contactId, body)));
  await world.advance(TRIP / 2);
  await bob.peer.app.setPolicy({ contactId: id, policy: 'accepted' });
  await world.advance(30_000);
  expect(await from()).toEqual([...sent, ...more]);
});

test('a message is shown as delivered on its acknowledgement, however slow our own disk is', async () => {
  alicesDisk.delay = 5_000;
  const shown: string[] = [];
  alice.peer.app.subscribe((await alice.peer.app.snapshot({})).seq, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type === 'message-changed') shown.push(event.message.state);
    }
  });
  const accepted = alice.send(toBob, 'Hi');
  await world.advance(5_000);
  await accepted;
  await world.advance(2 * TRIP);
  expect(shown).toEqual(['sending', 'delivered']);
  await world.advance(60_000);
  expect(shown).toEqual(['sending', 'delivered']);
});

test('a delivery shown while our disk was full is stored later, and the message is not resent', async () => {
  alicesDisk.beforeWrite = (write) => {
    if (write === 'setDelivery') throw diskIsFull();
  };
  let deliveries = 0;
  bobsDisk.beforeWrite = (write) => {
    if (write === 'addMessages') deliveries += 1;
  };
  await alice.send(toBob, 'Hi');
  await world.advance(30_000);
  expect(await states()).toEqual(new Set(['delivered']));
  expect((await alicesDisk.pending(toBob, 10)).length).toBe(1);
  alicesDisk.beforeWrite = null;
  await world.advance(5_000);
  expect(await alicesDisk.pending(toBob, 10)).toEqual([]);
  expect(deliveries).toBe(1);
  expect(await received()).toEqual(['Hi']);
});

test('a message that the user resends goes out while newer ones are in flight', async () => {
  await alice.peer.app.setPaused({ paused: true });
  const older = await alice.send(toBob, 'older');
  await alicesDisk.setDelivery([
    { contactId: toBob, id: older.id, event: 'rejected', problem: null },
  ]);
  await alice.peer.app.setPaused({ paused: false });
  await world.advance(10_000);
  expect(await received()).toEqual([]);
  const sent = bodies(40);
  for (const body of sent) {
    await alice.send(toBob, body);
    await world.advance(1);
  }
  await alice.peer.app.sendAgain({ contactId: toBob, messageId: older.id });
  await world.advance(10_000);
  expect(await received()).toEqual([...sent, 'older']);
  expect(await states()).toEqual(new Set(['delivered']));
});
