import { RpcSession, RpcTarget } from 'capnweb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../../src/core/storage/store.ts';
import { formatInvite } from '../../../../src/shared/address/invite.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';
import { slowStore } from '../../../support/storage/slow-store.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string, options: { identity?: string | null; store?: Store } = {}) =>
  TestPeer.start({ name, network, world, ...options });
const inviteTo = (host: string, name: string): string =>
  formatInvite({ scheme: 'auto', host, port: 8080 }, identityOf(name));

/** Nothing that this host says gets through until the answer is called. */
function mute(host: string): () => void {
  const waiting: (() => void)[] = [];
  let open = false;
  network.wireFor = (from) => ({
    carry: (message, arrive) => {
      if (open || from !== host) arrive(message);
      else waiting.push(() => arrive(message));
    },
  });
  return () => {
    open = true;
    for (const arrive of waiting.splice(0)) arrive();
  };
}

/** Dials wait until the answer is called. */
function holdDials(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  network.beforeDial = () => promise;
  return () => {
    network.beforeDial = null;
    resolve();
  };
}

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

describe('a contact that is blocked while it is being dialled', () => {
  test('is not linked when the dial succeeds afterwards', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const unmute = mute('bob');
    const contactId = await alice.connect('bob:8080');
    await alice.send(contactId, 'not for you any more');
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId, policy: 'blocked' });
    unmute();
    await world.advance(60_000);
    expect((await alice.conversation()).link).toEqual({ phase: 'idle' });
    expect(network.lines).toBe(0);
    const heard = await bob.conversations();
    expect(heard.filter(({ lastMessage }) => lastMessage !== null)).toEqual([]);
  });

  test('gets no message when it is a peer of the open contract', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob', { identity: null });
    const unmute = mute('bob');
    const contactId = await alice.connect('bob:8080');
    await alice.send(contactId, 'not for you any more');
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId, policy: 'blocked' });
    unmute();
    await world.advance(60_000);
    expect((await alice.conversation()).link).toEqual({ phase: 'idle' });
    expect(await bob.conversations()).toEqual([]);
  });

  test('is not shown as connecting for ever when it has a second address', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    network.cut('alice', 'bob');
    const release = holdDials();
    await alice.connect(inviteTo('bob-at-home', 'Bob'));
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId, policy: 'blocked' });
    release();
    await world.advance(60_000);
    expect((await alice.conversation()).link).toEqual({ phase: 'idle' });
  });

  test('stays blocked when its hello arrives at that moment', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice', { store });
    const bob = await start('Bob');
    await bob.connect('alice:8080');
    await world.advance(1_000);
    const contactId = (await alice.conversation()).contact.id;
    await bob.peer.app.updateSettings({ name: 'Robert' });
    store.delay = 2_000;
    network.cut('alice', 'bob');
    // He calls again, with another name, while the block is being written down.
    const blocking = alice.peer.app.setPolicy({ contactId, policy: 'blocked' });
    await world.advance(20_000);
    await blocking;
    expect((await alice.conversation()).contact.policy).toBe('blocked');
    expect((await store.conversation(contactId))?.contact.policy).toBe('blocked');
    expect((await alice.conversation()).link).toEqual({ phase: 'idle' });
  });
});

describe('an invite', () => {
  test('for a contact connected in plain text closes that connection: nothing more is sent on it', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob', { identity: null });
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    expect(await alice.connect(inviteTo('bob', 'Bob'))).toBe(contactId);
    await alice.send(contactId, 'for the real Bob only');
    await world.advance(60_000);
    expect(await bob.conversations()).toEqual([]);
    expect((await alice.conversation()).link).toMatchObject({ phase: 'offline' });
    expect((await alice.messages(contactId))[0]?.state).toBe('queued');
  });

  test('that arrives while another identity is being dialled is not overwritten by its answer', async () => {
    const alice = await start('Alice');
    const mallory = await start('Bob', { identity: identityOf('Mallory') });
    const release = holdDials();
    const contactId = await alice.connect('bob:8080');
    await world.advance(10);
    expect(await alice.connect(inviteTo('bob', 'Bob'))).toBe(contactId);
    release();
    await alice.send(contactId, 'for the real Bob only');
    await world.advance(60_000);
    const { contact, link } = await alice.conversation();
    expect(contact).toMatchObject({ identity: identityOf('Bob'), trust: 'invite' });
    expect(link).toMatchObject({ problem: { code: 'identity-changed' } });
    expect(await mallory.conversations()).toEqual([]);
  });

  test('whose peer dials first is shown as a Parley peer', async () => {
    const alice = await start('Alice');
    await alice.connect(inviteTo('nowhere', 'Bob'));
    const bob = await start('Bob');
    await bob.connect('alice:8080');
    await world.advance(1_000);
    expect((await alice.conversation()).contact).toMatchObject({ kind: 'parley', name: 'Bob' });
  });
});

describe('one contact with two addresses', () => {
  /** Lets time pass and answers how many contacts there ever were with one identity. */
  async function mostContacts(alice: TestPeer, ms: number): Promise<number> {
    let most = 0;
    for (let passed = 0; passed < ms; passed += 5) {
      await world.advance(5);
      const identities = (await alice.conversations()).map(({ contact }) => contact.identity);
      most = Math.max(most, identities.filter((it) => it === identityOf('Bob')).length);
    }
    return most;
  }

  test('that are dialled at the same moment is one conversation', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice', { store });
    await start('Bob');
    network.alias('bob', 'bob-at-home');
    store.delay = 20;
    void alice.connect('bob:8080');
    void alice.connect('bob-at-home:8080');
    expect(await mostContacts(alice, 2_000)).toBe(1);
    const { contact } = await alice.conversation();
    expect([...contact.addresses].sort()).toEqual(['bob-at-home:8080', 'bob:8080']);
    expect(alice.unexpected).toEqual([]);
  });

  test('that dials us while being dialled is one conversation', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice', { store });
    const bob = await start('Bob');
    store.delay = 20;
    void alice.connect('bob:8080');
    await world.advance(21);
    await bob.connect('alice:8080');
    expect(await mostContacts(alice, 2_000)).toBe(1);
    expect((await alice.conversation()).contact).toMatchObject({ name: 'Bob', policy: 'accepted' });
  });

  test('gets every message written while the two conversations are merged', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice', { store });
    const bob = await start('Bob');
    network.alias('bob', 'bob-at-home');
    await alice.connect('bob:8080');
    await world.advance(1_000);
    const second = await alice.connect('bob-at-home:8080');
    store.delay = 20;
    const sent = Array.from({ length: 30 }, (_, n) => `${n}`);
    const sending: Promise<unknown>[] = [];
    for (const body of sent) {
      sending.push(alice.send(second, body));
      await world.advance(3);
    }
    await world.advance(20_000);
    await Promise.all(sending);
    const mine = sent.map((body) => `me: ${body}`);
    expect(await alice.transcript((await alice.conversation()).contact.id)).toEqual(mine);
    const theirs = sent.map((body) => `them: ${body}`);
    expect(await bob.transcript((await bob.conversation()).contact.id)).toEqual(theirs);
  });

  test('gets messages written to the second address over the existing connection', async () => {
    // Zoe has the greater identity: of two lines the one that Bob dialled stays.
    const zoe = await start('Zoe');
    const bob = await start('Bob');
    network.alias('bob', 'bob-at-home');
    await bob.connect('zoe:8080');
    await world.advance(1_000);
    const release = holdDials();
    const second = await zoe.connect('bob-at-home:8080');
    await zoe.send(second, 'are you there?');
    await world.advance(1_000);
    release();
    await world.advance(20_000);
    const only = await zoe.conversation();
    expect((await zoe.messages(only.contact.id)).map(({ state }) => state)).toEqual(['delivered']);
    expect((await bob.conversation()).lastMessage?.body).toBe('are you there?');
    expect(network.lines).toBe(1);
  });
});

describe('strangers', () => {
  test('are not mistaken for the contact whose address they claim when the user dials it', async () => {
    const alice = await start('Alice');
    // On the same computer as Bob, and first.
    const mallory = await rawCaller(
      network,
      { host: 'bob', identity: identityOf('Mallory') },
      'alice',
    );
    await mallory.link('Bob', 8080);
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'Hi Bob!');
    await world.advance(5_000);
    expect((await bob.conversation()).lastMessage?.body).toBe('Hi Bob!');
    const claimed = (await alice.conversations()).find(
      ({ contact }) => contact.identity === identityOf('Mallory'),
    );
    expect(claimed?.contact.policy).toBe('request');
  });

  test('become accepted contacts, not new requests, when the user dials them', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    await bob.connect('alice:8080');
    await world.advance(1_000);
    await alice.connect('bob:8080');
    await world.advance(5_000);
    expect((await alice.conversation()).contact).toMatchObject({ name: 'Bob', policy: 'accepted' });
  });

  test('without an address are shown as such when accepted, not as connecting for ever', async () => {
    const alice = await start('Alice');
    const caller = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'alice');
    await caller.link('Eve', null);
    caller.channel.close(1000, 'bye');
    await world.advance(1_000);
    const { contact } = await alice.conversation();
    await alice.peer.app.setPolicy({ contactId: contact.id, policy: 'accepted' });
    await world.advance(60_000);
    expect((await alice.conversation()).link).toMatchObject({
      phase: 'offline',
      problem: { code: 'cannot-answer' },
      retryAt: null,
    });
  });
});

describe('a guest (an unauthenticated caller)', () => {
  test('is not merged with the contact that the user dials on the same computer', async () => {
    const alice = await start('Alice');
    const script = await rawCaller(network, { host: 'bob', identity: null }, 'alice');
    await script.root.chat('I am no one in particular');
    await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(5_000);
    expect(await alice.transcript(toBob)).toEqual([]);
    const kinds = (await alice.conversations()).map(({ contact }) => contact.kind);
    expect(kinds.sort()).toEqual(['guest', 'parley']);
  });
});

describe('several addresses', () => {
  test('are all retried when a stranger answers at one and the other is down', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    await start('Bob-At-Home', { identity: identityOf('Somebody') });
    await alice.connect(inviteTo('bob-at-home', 'Bob'));
    await world.advance(60_000);
    expect((await alice.conversation()).link).toMatchObject({
      phase: 'offline',
      problem: { code: 'identity-changed', params: { found: identityOf('Somebody') } },
    });
    await start('Bob');
    await world.advance(60_000);
    expect((await alice.conversation()).link).toMatchObject({ phase: 'online' });
    expect((await alice.conversation()).contact.id).toBe(contactId);
  });
});

describe('a peer that accepts connections but no calls', () => {
  test('is not dialled several times a second while its disk is full', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice');
    const bob = await start('Bob', { store });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    store.beforeWrite = (write) => {
      if (write === 'addMessages') {
        throw new ProblemError(problem('storage', { reason: 'the disk is full.' }));
      }
    };
    await alice.send(toBob, 'patience');
    const before = network.dialled;
    await world.advance(600_000);
    expect(network.dialled - before).toBeLessThan(60);
    store.beforeWrite = null;
    await world.advance(60_000);
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
    expect(await bob.transcript((await bob.conversation()).contact.id)).toHaveLength(1);
  });

  test('causes no internal error here when its answers are malformed', async () => {
    const alice = await start('Alice');
    class Nonsense extends RpcTarget {
      link(): null {
        return null;
      }
    }
    await network.host('bob', identityOf('Bob')).listen(
      { host: 'bob', port: 8080, searchPort: false },
      {
        admits: () => true,
        batchMain: () => new RpcTarget(),
        onChannel: (channel) => void new RpcSession(channel.transport, new Nonsense()),
      },
    );
    await alice.connect('bob:8080');
    await world.advance(5_000);
    expect(alice.unexpected).toEqual([]);
    expect((await alice.conversation()).link).toMatchObject({ problem: { code: 'not-a-peer' } });
  });
});

describe('a removed contact', () => {
  test('does not come back after a restart when it dialled at the moment of removal', async () => {
    const store = slowStore(world, 0);
    const alice = await start('Alice', { store });
    const bob = await start('Bob');
    await bob.connect('alice:8080');
    await world.advance(1_000);
    const first = (await alice.conversation()).contact.id;
    await bob.peer.app.updateSettings({ name: 'Robert' });
    store.delay = 400;
    const removing = alice.peer.app.removeContact({ contactId: first });
    // Bob is told that the line is gone, and calls again while the disk is still busy.
    await world.advance(5_000);
    await removing;
    const kept = (await store.conversations()).map(({ contact }) => contact.id);
    expect(kept).not.toContain(first);
    const shown = (await alice.conversations()).map(({ contact }) => contact.id);
    expect(kept).toEqual(shown);
  });
});

describe('a peer that stops', () => {
  test('at any step of a handshake leaves no connection, timer or error', async () => {
    for (let ms = 0; ms <= 150; ms += 3) {
      world = new FakeWorld(ms + 1);
      network = new MemoryNetwork(world);
      network.wireFor = () => ({
        carry: (message, arrive) => void world.after(7, () => arrive(message)),
      });
      const stores = [slowStore(world, 0), slowStore(world, 0), slowStore(world, 0)];
      const alice = await start('Alice', stores[0] && { store: stores[0] });
      const bob = await start('Bob', stores[1] && { store: stores[1] });
      const open = await start('Open', { identity: null, ...(stores[2] && { store: stores[2] }) });
      for (const store of stores) store.delay = 10;
      const meet = async (peer: TestPeer, address: string): Promise<void> => {
        await peer.send(await peer.connect(address), 'Hi');
      };
      // What comes of it depends on the moment.
      const meetings = [meet(alice, 'bob:8080'), meet(bob, 'alice:8080'), meet(alice, 'open:8080')];
      for (const meeting of meetings) meeting.catch(() => {});
      await world.advance(ms);
      const stopping = [alice, bob, open].map(({ peer }) => peer.stop());
      await world.advance(1_000);
      await Promise.all(stopping);
      const { dialled } = network;
      await world.advance(120_000);
      const left = { lines: network.lines, timers: world.timers, dialled: network.dialled };
      expect(left, `${ms} ms`).toEqual({ lines: 0, timers: 0, dialled });
      const complaints = [...alice.unexpected, ...bob.unexpected, ...open.unexpected];
      expect(complaints, `${ms} ms`).toEqual([]);
    }
  });

  test('refuses every command afterwards, and dials no more', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    await alice.peer.stop();
    const { dialled } = network;
    const stopped = { problem: { code: 'stopped' } };
    await expect(alice.connect('bob:8080')).rejects.toMatchObject(stopped);
    await expect(alice.peer.app.retry({ contactId })).rejects.toMatchObject(stopped);
    await expect(alice.peer.app.updateSettings({ port: 9_000 })).rejects.toMatchObject(stopped);
    await expect(alice.peer.app.snapshot({})).rejects.toMatchObject(stopped);
    await world.advance(60_000);
    expect(network.dialled).toBe(dialled);
  });
});
