import { beforeEach, describe, expect, test } from 'vitest';
import { exportStore } from '../../../../src/core/profile/export.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string, identity?: string | null) =>
  TestPeer.start({ name, network, world, ...(identity === undefined ? {} : { identity }) });

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

/** Carol is a contact of Alice's, and says that she listens where Bob does. */
async function claimed() {
  const alice = await start('Alice');
  const carol = await rawCaller(network, { host: 'bob', identity: identityOf('Carol') }, 'alice');
  await carol.link('Carol', 8080);
  const contactId = (await alice.conversation()).contact.id;
  await alice.peer.app.setPolicy({ contactId, policy: 'accepted' });
  await world.advance(1_000);
  return { alice, carol: contactId };
}

const withIdentity = async (peer: TestPeer, name: string) =>
  (await peer.conversations()).find(({ contact }) => contact.identity === identityOf(name));

describe('an address that a contact only claims', () => {
  test('does not lead to that contact when the user types it', async () => {
    const { alice, carol } = await claimed();
    const bob = await start('Bob');
    const typed = await alice.connect('bob:8080');
    expect(typed).not.toBe(carol);
    await alice.send(typed, 'for Bob only');
    await world.advance(5_000);
    expect(await bob.transcript((await bob.conversation()).contact.id)).toEqual([
      'them: for Bob only',
    ]);
    expect(await alice.transcript(carol)).toEqual([]);
  });

  test('keeps messages queued when no peer answers there', async () => {
    const { alice, carol } = await claimed();
    const typed = await alice.connect('bob:8080');
    await alice.send(typed, 'for Bob only');
    await world.advance(60_000);
    expect(await alice.transcript(carol)).toEqual([]);
    expect((await alice.messages(typed)).map(({ state }) => state)).toEqual(['queued']);
  });

  test('pins no identity for clients that dial it', async () => {
    const { alice } = await claimed();
    await start('Bob');
    const client = await alice.peer.openClient({ scheme: 'auto', host: 'bob', port: 8080 });
    expect(await client.greet()).toBe("Hello! I'm Bob.");
    client.close();
  });

  test('stays a claim after an import, though the contact was reached there before', async () => {
    const before = await start('Alice');
    const carol = await start('Carol');
    await before.connect('carol:8080');
    await world.advance(1_000);
    expect((await before.conversation()).contact.reached).toHaveLength(1);
    const text: string[] = [];
    // The file may have been written by anybody.
    const seen = '"reached":[{"address":"carol:8080","at":1}]';
    for await (const chunk of exportStore(before.store, 0)) {
      expect(chunk).not.toContain('"reached"');
      text.push(chunk.replace('"pinned"', `${seen},"pinned"`));
    }
    expect(text.join('')).toContain(seen);
    await before.peer.stop();
    await carol.peer.stop();
    const after = await start('Alice2', identityOf('Alice'));
    await after.peer.transfer.importAll(
      (async function* () {
        yield* text;
      })(),
    );
    const imported = await after.conversation();
    expect(imported.contact).toMatchObject({ reached: [], addresses: ['carol:8080'] });
    const mallory = await start('Carol', identityOf('Mallory'));
    const typed = await after.connect('carol:8080');
    expect(typed).not.toBe(imported.contact.id);
    await after.send(typed, 'who are you?');
    await world.advance(5_000);
    expect((await withIdentity(after, 'Mallory'))?.contact.id).toBe(typed);
    expect(await mallory.transcript((await mallory.conversation()).contact.id)).toHaveLength(1);
    expect(await after.transcript(imported.contact.id)).toEqual([]);
  });
});

describe('an address at which a contact has answered', () => {
  test('leads to its conversation, also while it is offline', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    expect(await alice.connect('bob:8080')).toBe(toBob);
    await bob.peer.stop();
    await world.advance(1_000);
    expect(await alice.connect('bob:8080')).toBe(toBob);
    expect(await alice.conversations()).toHaveLength(1);
  });

  test('leads to the conversation of another contact that answers there now', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const carol = await start('Carol');
    const toBob = await alice.connect('bob:8080');
    const toCarol = await alice.connect('carol:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    await world.advance(1_000);
    network.alias('carol', 'bob');
    const typed = await alice.connect('bob:8080');
    expect(typed).toBe((await withIdentity(alice, 'Carol'))?.contact.id);
    expect(typed).toBe(toCarol);
    await alice.send(typed, 'Hi Carol!');
    await world.advance(5_000);
    expect(await carol.transcript((await carol.conversation()).contact.id)).toEqual([
      'them: Hi Carol!',
    ]);
    // From now on it means her, and Bob is not said to have a new key.
    expect(await alice.connect('bob:8080')).toBe(toCarol);
    const link = (await alice.conversations()).find(({ contact }) => contact.id === toBob)?.link;
    expect(link).toMatchObject({ phase: 'offline', problem: { code: 'address-taken' } });
    expect(link?.phase === 'offline' && link.retryAt).toBeGreaterThan(0);
  });

  test('raises an identity warning when an unknown key answers there now', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    await world.advance(1_000);
    const mallory = await start('Bob', identityOf('Mallory'));
    const typed = await alice.connect('bob:8080');
    expect(typed).toBe(toBob);
    await alice.send(typed, 'for Bob only');
    await world.advance(60_000);
    expect((await alice.conversation()).link).toMatchObject({
      problem: { code: 'identity-changed', params: { found: identityOf('Mallory') } },
    });
    expect(await mallory.conversations()).toEqual([]);
  });

  test('raises an identity warning, and opens nothing, when the contact is online elsewhere', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    network.alias('bob', 'bob-at-home');
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.connect('alice:8080');
    await bob.peer.app.updateSettings({ port: 9_000 });
    await world.advance(1_000);
    network.cut('alice', 'bob');
    await world.advance(60_000);
    await start('Bob', identityOf('Mallory'));
    expect((await alice.conversation()).link.phase).toBe('online');
    await expect(alice.connect('bob:8080')).rejects.toMatchObject({
      problem: { code: 'identity-changed', params: { found: identityOf('Mallory') } },
    });
    expect((await alice.conversation()).contact.id).toBe(toBob);
    expect((await alice.conversation()).link.phase).toBe('online');
  });

  test('is no longer the contact’s once its key has changed', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    const again = await start('Bob', identityOf('Bob again'));
    await world.advance(60_000);
    await alice.peer.app.acceptIdentity({ contactId, identity: identityOf('Bob again') });
    expect((await alice.conversation()).contact.reached).toEqual([]);
    await world.advance(5_000);
    expect((await alice.conversation()).contact.reached).toHaveLength(1);
    await again.peer.stop();
  });
});

test('an address without a known key leads to the same conversation each time it is typed', async () => {
  const alice = await start('Alice');
  const typed = await alice.connect('nobody:8080');
  await world.advance(60_000);
  expect(await alice.connect('http://nobody:8080')).toBe(typed);
  await start('Open', null);
  const open = await alice.connect('open:8080');
  await world.advance(1_000);
  expect(await alice.connect('open:8080')).toBe(open);
});
