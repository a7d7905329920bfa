import { beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryChange } from '../../../../src/core/storage/store.ts';
import { formatInvite } from '../../../../src/shared/address/invite.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';
import { type SlowStore, slowStore } from '../../../support/storage/slow-store.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let store: SlowStore;
let alice: TestPeer;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  store = slowStore(world, 0);
  alice = await TestPeer.start({ name: 'Alice', network, world, store });
});

/** Fails the writes of one delivery event for as long as the answer is not called. */
function failWritesOf(wanted: string): () => void {
  store.beforeWrite = (write, [changes]) => {
    if (write !== 'setDelivery') return;
    if ((changes as readonly { event: string }[]).some(({ event }) => event === wanted)) {
      throw new ProblemError(problem('storage', { reason: 'the disk is full.' }));
    }
  };
  return () => {
    store.beforeWrite = null;
  };
}

describe('to a peer of the open contract', () => {
  test('a message is sent once, also when its answer cannot be stored for a while', async () => {
    const bob = await TestPeer.start({ name: 'Bob', network, world, identity: null });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const writesAgain = failWritesOf('acknowledged');
    await alice.send(toBob, 'once');
    await alice.send(toBob, 'then this');
    await world.advance(30_000);
    writesAgain();
    await world.advance(30_000);
    expect((await alice.messages(toBob)).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
    ]);
    const guest = (await bob.conversation()).contact.id;
    expect(await bob.transcript(guest)).toEqual(['them: once', 'them: then this']);
  });

  test('a message in flight is not resent on the next connection', async () => {
    const bob = await TestPeer.start({ name: 'Bob', network, world, identity: null });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    let held: (() => void)[] | null = [];
    network.wireFor = (from) => ({
      carry: (message, arrive) => {
        if (held && from === 'bob') held.push(() => arrive(message));
        else arrive(message);
      },
    });
    network.cut('alice', 'bob');
    const release = (): void => {
      const waiting = held ?? [];
      held = null;
      for (const arrive of waiting) arrive();
    };
    release();
    await world.advance(5_000);
    held = [];
    await alice.send(toBob, 'once');
    await world.advance(1_000);
    // The user blocks and unblocks while the answer is under way.
    await alice.peer.app.setPolicy({ contactId: toBob, policy: 'blocked' });
    await alice.peer.app.setPolicy({ contactId: toBob, policy: 'accepted' });
    release();
    await world.advance(60_000);
    const guest = (await bob.conversation()).contact.id;
    expect(await bob.transcript(guest)).toEqual(['them: once']);
  });

  test('a message deleted at the last moment is not sent', async () => {
    const bob = await TestPeer.start({ name: 'Bob', network, world, identity: null });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    let deleting: Promise<unknown> | null = null;
    store.beforeWrite = (write, [changes]) => {
      if (write !== 'setDelivery' || deleting) return;
      const [first] = changes as readonly DeliveryChange[];
      if (first?.event === 'attempted') {
        deleting = alice.peer.app.deleteMessage({
          contactId: first.contactId,
          author: 'me',
          messageId: first.id,
        });
      }
    };
    await alice.send(toBob, 'on second thoughts');
    await world.advance(5_000);
    await deleting;
    expect(deleting).not.toBeNull();
    expect(await bob.conversations()).toEqual([]);
  });
});

describe('to a peer with HTTP batch only', () => {
  /** What it was told, and a way to let it answer. */
  function batchPeer() {
    const told: string[] = [];
    const answers: (() => void)[] = [];
    network.batches.set('bob', {
      call: async (method, args) => {
        if (method !== 'chat') return 'Bob';
        told.push(String(args?.[0]));
        await new Promise<void>((resolve) => {
          answers.push(resolve);
        });
        return 'Bob says: Thanks for the message #1!';
      },
    });
    const answer = (): void => {
      for (const settle of answers.splice(0)) settle();
    };
    return { told, answer };
  }

  test('a message in flight is not resent when the user blocks and unblocks', async () => {
    const { told, answer } = batchPeer();
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'once');
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId: toBob, policy: 'blocked' });
    await alice.peer.app.setPolicy({ contactId: toBob, policy: 'accepted' });
    await world.advance(1_000);
    answer();
    await world.advance(60_000);
    expect(told).toEqual(['once']);
  });

  test('nothing is sent once an invite has pinned an identity', async () => {
    const { told, answer } = batchPeer();
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    await alice.connect(
      formatInvite({ scheme: 'auto', host: 'bob', port: 8080 }, identityOf('Bob')),
    );
    await alice.send(toBob, 'for the real Bob only');
    await world.advance(60_000);
    answer();
    expect(told).toEqual([]);
    expect((await alice.conversation()).link).toMatchObject({ problem: { code: 'plain-refused' } });
  });
});

describe('over a slow connection', () => {
  test('a backlog of long messages gets through', async () => {
    const bob = await TestPeer.start({ name: 'Bob', network, world });
    // 16 kB a second up, as on a weak mobile line; pings wait behind what is being sent.
    network.wireFor = () => {
      let freeAt = 0;
      return {
        carry: (parcel, arrive) => {
          const bytes = 40 + ((parcel as { text?: string }).text?.length ?? 0);
          freeAt = Math.max(freeAt, world.uptime()) + bytes / 16;
          world.after(freeAt - world.uptime(), () => arrive(parcel));
        },
      };
    };
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const toAlice = (await bob.conversation()).contact.id;
    await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
    for (let n = 0; n < 20; n += 1) await alice.send(toBob, `${n} ${'x'.repeat(60_000)}`);
    await world.advance(300_000);
    const states = (await alice.messages(toBob)).map(({ state }) => state);
    expect(states).toEqual(Array(20).fill('delivered'));
    expect(network.dialled).toBe(1);
  });
});
