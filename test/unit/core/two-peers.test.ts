import { beforeEach, describe, expect, test } from 'vitest';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { identityOf, TestPeer } from '../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string, identity?: string | null) =>
  TestPeer.start({ name, network, world, ...(identity === undefined ? {} : { identity }) });

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

describe('two peers that can reach each other', () => {
  test('exchange delivered messages after one typed the other’s address', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'Hi Bob!');
    await world.advance(1_000);
    const toAlice = (await bob.conversation()).contact;
    expect(toAlice).toMatchObject({ name: 'Alice', kind: 'parley', policy: 'request' });
    await bob.send(toAlice.id, 'Hi Alice!');
    await world.advance(1_000);

    expect(await alice.transcript(toBob)).toEqual(['me: Hi Bob!', 'them: Hi Alice!']);
    expect(await bob.transcript(toAlice.id)).toEqual(['them: Hi Bob!', 'me: Hi Alice!']);
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
    expect((await bob.messages(toAlice.id))[1]?.state).toBe('delivered');
    expect((await bob.conversation()).contact.policy).toBe('accepted');
    expect([...alice.unexpected, ...bob.unexpected]).toEqual([]);
  });

  test('need no second connection to answer over the one that was dialled', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.send((await bob.conversation()).contact.id, 'same line');
    await world.advance(1_000);
    expect(network.dialled).toBe(1);
  });

  test('keep one connection and lose nothing when both dial at the same moment', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const [toBob, toAlice] = await Promise.all([
      alice.connect('bob:8080'),
      bob.connect('alice:8080'),
    ]);
    const sent = Array.from({ length: 20 }, (_, index) => `m${index}`);
    for (const body of sent) await Promise.all([alice.send(toBob, body), bob.send(toAlice, body)]);
    await world.advance(60_000);
    expect(network.lines).toBe(1);
    const aliceSees = await alice.transcript((await alice.conversation()).contact.id);
    const bobSees = await bob.transcript((await bob.conversation()).contact.id);
    for (const seen of [aliceSees, bobSees]) {
      expect(seen.filter((line) => line.startsWith('me'))).toEqual(sent.map((it) => `me: ${it}`));
      expect(seen.filter((line) => line.startsWith('them'))).toEqual(
        sent.map((it) => `them: ${it}`),
      );
    }
  });
});

describe('a peer that is not online yet', () => {
  test('receives pending messages once, in order, when it starts', async () => {
    const alice = await start('Alice');
    const toBob = await alice.connect('bob:8080');
    for (const body of ['one', 'two', 'three']) await alice.send(toBob, body);
    await world.advance(5_000);
    const link = (await alice.conversation()).link;
    expect(link).toMatchObject({ phase: 'offline', problem: { code: 'refused' } });
    expect((await alice.messages(toBob)).map(({ state }) => state)).toEqual(
      Array(3).fill('queued'),
    );

    const bob = await start('Bob');
    await world.advance(60_000);
    const toAlice = (await bob.conversation()).contact.id;
    expect(await bob.transcript(toAlice)).toEqual(['them: one', 'them: two', 'them: three']);
    expect((await alice.messages(toBob)).map(({ state }) => state)).toEqual(
      Array(3).fill('delivered'),
    );
  });

  test('is merged with its typed address when it dials first', async () => {
    const alice = await start('Alice');
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'are you there?');
    await world.advance(100);
    const bob = await start('Bob');
    await bob.connect('alice:8080');
    await world.advance(60_000);
    const only = await alice.conversation();
    expect(only.contact).toMatchObject({ name: 'Bob', policy: 'accepted' });
    expect(await alice.transcript(only.contact.id)).toEqual(['me: are you there?']);
    expect(await bob.transcript((await bob.conversation()).contact.id)).toEqual([
      'them: are you there?',
    ]);
  });
});

describe('a broken connection', () => {
  test('is restored by itself, and a message whose acknowledgement was lost shows once', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    // From now on Bob hears Alice, but none of his answers come back.
    let deaf = true;
    network.wireFor = (from) => ({
      carry: (message, arrive) => {
        if (!(deaf && from === 'bob')) arrive(message);
      },
    });
    network.cut('alice', 'bob');
    deaf = false;
    await world.advance(2_000);
    deaf = true;
    await alice.send(toBob, 'exactly once');
    await world.advance(500);
    expect((await alice.messages(toBob)).at(-1)?.state).toBe('sending');
    deaf = false;
    network.cut('alice', 'bob');
    await world.advance(60_000);
    expect(await bob.transcript((await bob.conversation()).contact.id)).toEqual([
      'them: exactly once',
    ]);
    expect((await alice.messages(toBob)).at(-1)?.state).toBe('delivered');
  });

  test('to a silent peer is shown as offline within 30 seconds', async () => {
    const alice = await start('Alice');
    await start('Bob');
    let silent = false;
    network.wireFor = () => ({
      carry: (message, arrive) => {
        if (!silent) arrive(message);
      },
    });
    await alice.connect('bob:8080');
    await world.advance(1_000);
    expect((await alice.conversation()).link.phase).toBe('online');
    silent = true;
    await world.advance(30_000);
    expect((await alice.conversation()).link.phase).not.toBe('online');
  });
});

describe('an unexpected identity', () => {
  test('at a known address gets nothing, and the user is told', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    const impostor = await start('Bob', identityOf('Mallory'));
    await alice.send(toBob, 'for Bob only');
    await world.advance(120_000);
    expect((await alice.conversation()).link).toMatchObject({
      phase: 'offline',
      problem: { code: 'identity-changed' },
      retryAt: expect.any(Number),
    });
    expect(await impostor.conversations()).toEqual([]);
    expect((await alice.messages(toBob)).at(-1)?.state).toBe('queued');
  });

  test('that is our own is refused by name, at our address or another', async () => {
    const alice = await start('Alice');
    await expect(alice.connect('alice:8080')).rejects.toMatchObject({
      problem: { code: 'own-address' },
    });
    await start('Twin', identityOf('Alice'));
    await alice.connect('twin:8080');
    await world.advance(1_000);
    expect((await alice.conversation()).link).toMatchObject({ problem: { code: 'own-address' } });
  });
});

describe('an invite', () => {
  const invite = (host: string, name: string) => `parley://${host}:8080/#${identityOf(name)}`;

  test('pins the identity from the first byte: another peer at its address gets nothing', async () => {
    const alice = await start('Alice');
    const mallory = await start('Bob', identityOf('Mallory'));
    const toBob = await alice.connect(invite('bob', 'Bob'));
    await alice.send(toBob, 'for Bob only');
    await world.advance(60_000);
    expect((await alice.conversation()).link).toMatchObject({
      problem: { code: 'identity-changed' },
    });
    expect(await mallory.conversations()).toEqual([]);
  });

  test('to a known contact at a new address leads to the same conversation', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const first = await alice.connect('bob:8080');
    await world.advance(1_000);
    expect(await alice.connect(invite('bob-at-home', 'Bob'))).toBe(first);
  });

  test('to another contact at a known address leads to another conversation', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const bob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const carol = await alice.connect(invite('bob', 'Carol'));
    expect(carol).not.toBe(bob);
    await world.advance(1_000);
    const contact = (await alice.conversations()).find((it) => it.contact.id === carol);
    expect(contact?.link).toMatchObject({ problem: { code: 'identity-changed' } });
  });
});

describe('a peer of the open contract', () => {
  test('is called with chat, is marked as such, and its answers arrive', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob', null);
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'Hi Bob!');
    await world.advance(1_000);
    const { contact, link } = await alice.conversation();
    expect(contact).toMatchObject({ kind: 'open', name: 'Bob', identity: null });
    expect(link).toEqual({ phase: 'online', transport: 'websocket' });
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
    expect((await bob.conversation()).contact).toMatchObject({ kind: 'guest' });
  });

  test('leaves a message without an answer unconfirmed, and it is not resent by itself', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob', null);
    let deaf = false;
    network.wireFor = (from) => ({
      carry: (message, arrive) => {
        if (!(deaf && from === 'bob')) arrive(message);
      },
    });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    deaf = true;
    const message = await alice.send(toBob, 'did it arrive?');
    await world.advance(5_000);
    network.cut('alice', 'bob');
    deaf = false;
    await world.advance(120_000);
    expect((await alice.messages(toBob))[0]).toMatchObject({
      state: 'unconfirmed',
      problem: { code: 'no-answer' },
    });
    const guest = (await bob.conversation()).contact.id;
    expect(await bob.transcript(guest)).toEqual(['them: did it arrive?']);

    await alice.peer.app.sendAgain({ contactId: toBob, messageId: message.id });
    await world.advance(5_000);
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
    expect(await bob.transcript(guest)).toHaveLength(2);
  });
});

describe('a blocked contact', () => {
  test('is not answered and not dialled until it is accepted again', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const toAlice = (await bob.conversation()).contact.id;
    await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'blocked' });
    await alice.send(toBob, 'let me in');
    await world.advance(120_000);
    expect(await bob.transcript(toAlice)).toEqual([]);
    expect((await alice.messages(toBob))[0]?.state).not.toBe('delivered');
    await expect(bob.send(toAlice, 'no')).rejects.toMatchObject({ problem: { code: 'blocked' } });

    await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
    await world.advance(120_000);
    expect(await bob.transcript(toAlice)).toEqual(['them: let me in']);
  });
});
