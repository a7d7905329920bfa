import { beforeEach, describe, expect, test } from 'vitest';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { TestPeer } from '../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let alice: TestPeer;
let bob: TestPeer;
let toBob: string;
let toAlice: string;

const pause = async (whose: TestPeer, paused = true): Promise<void> => {
  await whose.peer.app.setPaused({ paused });
  await world.advance(1_000);
};
const self = async (whose: TestPeer) => (await whose.peer.app.snapshot({})).self;
const bodies = async (whose: TestPeer, id: string) =>
  (await whose.messages(id)).map(({ body }) => body);

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

describe('a paused peer', () => {
  test('is offline: it closes its links, stops listening and says why', async () => {
    await pause(alice);
    expect((await self(alice)).listening).toBeNull();
    expect((await self(alice)).problem).toMatchObject({ code: 'paused' });
    expect((await alice.conversation()).link.phase).toBe('idle');
    expect((await bob.conversation()).link.phase).toBe('offline');
    await world.advance(600_000);
    expect((await bob.conversation()).link.phase).toBe('offline');
  });

  test('keeps messages both ways, and delivers them once when resumed', async () => {
    await pause(alice);
    await alice.send(toBob, 'from Alice, while paused');
    await bob.send(toAlice, 'from Bob, meanwhile');
    await world.advance(60_000);
    expect(await bodies(bob, toAlice)).toEqual(['from Bob, meanwhile']);
    expect(await bodies(alice, toBob)).toEqual(['from Alice, while paused']);

    await pause(alice, false);
    await world.advance(60_000);
    expect(await bodies(bob, toAlice)).toHaveLength(2);
    expect(await bodies(alice, toBob)).toHaveLength(2);
    expect((await self(alice)).listening).toMatchObject({ port: 8080 });
    expect((await self(alice)).problem).toBeNull();
  });

  test('dials no one, whatever the user does', async () => {
    const carol = await TestPeer.start({ name: 'Carol', network, world });
    await pause(alice);
    await expect(alice.peer.app.retry({ contactId: toBob })).rejects.toMatchObject({
      problem: { code: 'paused' },
    });
    await alice.connect('carol:8080');
    alice.peer.networkChanged();
    await world.advance(60_000);
    expect((await carol.peer.app.snapshot({})).conversations).toEqual([]);
    expect((await bob.conversation()).link.phase).toBe('offline');

    await pause(alice, false);
    await world.advance(60_000);
    expect((await carol.conversation()).contact.name).toBe('Alice');
  });

  test('makes no link of a dial that succeeds after the pause', async () => {
    await TestPeer.start({ name: 'Carol', network, world });
    const held = Promise.withResolvers<void>();
    network.beforeDial = () => held.promise;
    await alice.connect('carol:8080');
    await alice.peer.app.setPaused({ paused: true });
    network.beforeDial = null;
    held.resolve();
    await world.advance(60_000);
    const { conversations } = await alice.peer.app.snapshot({});
    expect(conversations.map(({ link }) => link.phase)).toEqual(['idle', 'idle']);
  });

  test('can be paused twice, and takes a new port for when it resumes', async () => {
    await pause(alice);
    await pause(alice);
    await alice.peer.app.updateSettings({ port: 9_000 });
    expect((await self(alice)).listening).toBeNull();
    expect((await self(alice)).addresses).toMatchObject([
      { address: expect.stringMatching(/:9000$/) },
    ]);
    await pause(alice, false);
    expect((await self(alice)).listening).toMatchObject({ port: 9_000 });
  });
});
