import { beforeEach, describe, expect, test } from 'vitest';
import type { EventBatch } from '../../../../src/shared/bridge/events.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let alice: TestPeer;
let bob: TestPeer;
let toBob: string;
let toAlice: string;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  alice = await TestPeer.start({ name: 'Alice', network, world });
  bob = await TestPeer.start({ name: 'Bob', network, world });
  toBob = await alice.connect('bob:8080');
  await world.advance(1_000);
  toAlice = (await bob.conversation()).contact.id;
  await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
  await world.advance(1_000);
});

const states = async () => (await alice.messages(toBob)).map(({ state }) => state);
const bobReads = async (count: number) => {
  const seq = (await bob.messages(toAlice))[count - 1]?.seq ?? 0;
  await bob.peer.app.markRead({ contactId: toAlice, seq });
  await world.advance(1_000);
};

describe('read receipts', () => {
  test('mark what was read, and nothing newer', async () => {
    for (const body of ['one', 'two', 'three']) await alice.send(toBob, body);
    await world.advance(1_000);
    await bobReads(2);
    expect(await states()).toEqual(['read', 'read', 'delivered']);
  });

  test('that could not be sent go out when the link is back', async () => {
    await alice.send(toBob, 'one');
    await world.advance(1_000);
    network.cut('alice', 'bob');
    await bobReads(1);
    await world.advance(30_000);
    expect(await states()).toEqual(['read']);
  });

  test('are sent for earlier messages once a request is accepted', async () => {
    const carol = await TestPeer.start({ name: 'Carol', network, world });
    const fromCarol = await carol.connect('bob:8080');
    await carol.send(fromCarol, 'do you know me?');
    await world.advance(1_000);
    const { conversations } = await bob.peer.app.snapshot({});
    const toCarol = conversations.find(({ contact }) => contact.policy === 'request')?.contact.id;
    expect.assert(toCarol !== undefined);
    const [request] = await bob.messages(toCarol);
    await bob.peer.app.markRead({ contactId: toCarol, seq: request?.seq ?? 0 });
    await world.advance(1_000);
    const told = async () => (await carol.messages(fromCarol)).map(({ state }) => state);
    expect(await told()).toEqual(['delivered']);
    await bob.peer.app.setPolicy({ contactId: toCarol, policy: 'accepted' });
    await world.advance(1_000);
    expect(await told()).toEqual(['read']);
  });

  test('are not sent when switched off', async () => {
    await bob.peer.app.updateSettings({ receipts: false });
    await alice.send(toBob, 'one');
    await world.advance(1_000);
    await bobReads(1);
    expect(await states()).toEqual(['delivered']);
  });

  test('are sent however many messages of both sides are newer', async () => {
    const { id } = await alice.send(toBob, 'one');
    await world.advance(1_000);
    for (let n = 0; n < 300; n += 1) await bob.send(toAlice, `an answer, ${n}`);
    for (let n = 0; n < 300; n += 1) await alice.send(toBob, `unread, ${n}`);
    await world.advance(5_000);
    const one = await bob.store.message({ contactId: toAlice, author: 'them', id });
    await bob.peer.app.markRead({ contactId: toAlice, seq: one?.seq ?? 0 });
    await world.advance(1_000);
    expect(await alice.store.message({ contactId: toBob, author: 'me', id })).toMatchObject({
      state: 'read',
    });
    expect((await states()).slice(-300)).not.toContain('read');
  });

  test('cover a long conversation far back', async () => {
    for (let n = 0; n < 450; n += 1) await alice.send(toBob, `${n}`);
    await world.advance(5_000);
    await bobReads(450);
    expect(new Set(await states())).toEqual(new Set(['read']));
  });
});

describe('typing', () => {
  const shownTo = (peer: TestPeer) => {
    const shown: string[] = [];
    let from = 0;
    peer.peer.app.subscribe(from, (batch: EventBatch) => {
      if (batch.type === 'gap') return;
      for (const { seq, event } of batch.events) {
        from = seq;
        if (event.type === 'typing') shown.push(event.contactId);
      }
    });
    return shown;
  };

  test('is shown to the contact, and sent at most every three seconds', async () => {
    const shown = shownTo(bob);
    for (let n = 0; n < 10; n += 1) {
      await alice.peer.app.typing({ contactId: toBob });
      await world.advance(500);
    }
    expect(shown).toEqual([toAlice, toAlice]);
  });

  test('is not sent when switched off', async () => {
    const shown = shownTo(bob);
    await alice.peer.app.updateSettings({ typing: false });
    await alice.peer.app.typing({ contactId: toBob });
    await world.advance(1_000);
    expect(shown).toEqual([]);
  });
});
