import { beforeEach, describe, expect, test } from 'vitest';
import { formatInvite } from '../../../../src/shared/address/invite.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';
import { slowStore } from '../../../support/storage/slow-store.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string) => TestPeer.start({ name, network, world });

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

const names = async (peer: TestPeer) =>
  (await peer.conversations()).map(({ contact }) => contact.name);

describe('a typed address that has never answered', () => {
  test('can be forgotten, and is not dialled again', async () => {
    const alice = await start('Alice');
    const contactId = await alice.connect('bpb:8080');
    await world.advance(30_000);
    expect(await alice.peer.app.forgetAttempt({ contactId })).toBe(true);
    expect(await alice.conversations()).toEqual([]);
    expect(await alice.store.conversations()).toEqual([]);
    await world.advance(600_000);
    expect(alice.unexpected).toEqual([]);
  });

  test('is kept as soon as a message is written to it', async () => {
    const alice = await start('Alice');
    const contactId = await alice.connect('bpb:8080');
    await alice.send(contactId, 'are you there?');
    expect(await alice.peer.app.forgetAttempt({ contactId })).toBe(false);
    expect(await alice.transcript(contactId)).toEqual(['me: are you there?']);
  });

  test('is kept while a message to it is still being stored', async () => {
    const store = slowStore(world, 0);
    const alice = await TestPeer.start({ name: 'Alice', network, world, store });
    const contactId = await alice.connect('bpb:8080');
    store.delay = 50;
    const sent = alice.send(contactId, 'are you there?');
    const forgotten = alice.peer.app.forgetAttempt({ contactId });
    await world.advance(200);
    await sent;
    expect(await forgotten).toBe(false);
    expect(await alice.transcript(contactId)).toEqual(['me: are you there?']);
  });

  test('is kept if an invite pins its identity, or a peer has answered there', async () => {
    const alice = await start('Alice');
    const address = { scheme: 'auto', host: 'carol', port: 8080 } as const;
    const carol = await alice.connect(formatInvite(address, identityOf('Carol')));
    await start('Bob');
    const bob = await alice.connect('bob:8080');
    await world.advance(30_000);
    expect(await alice.peer.app.forgetAttempt({ contactId: carol })).toBe(false);
    expect(await alice.peer.app.forgetAttempt({ contactId: bob })).toBe(false);
    expect(await names(alice)).toEqual(['carol:8080', 'Bob']);
  });

  test('can be corrected, and pending messages go to the new address', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const contactId = await alice.connect('bpb:8080');
    await alice.send(contactId, 'hello Bob');
    await world.advance(5_000);
    expect(await alice.peer.app.changeAddress({ contactId, address: ' bob:8080 ' })).toEqual({
      contactId,
    });
    await world.advance(5_000);
    const { contact, link } = await alice.conversation();
    expect(contact).toMatchObject({ id: contactId, kind: 'parley', name: 'Bob' });
    expect(contact.addresses).toEqual(['bob:8080']);
    expect(link.phase).toBe('online');
    expect(await bob.transcript((await bob.conversation()).contact.id)).toEqual([
      'them: hello Bob',
    ]);
  });

  test('leads to the existing conversation when corrected to a contact’s address', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const known = await alice.connect('bob:8080');
    await world.advance(1_000);
    const contactId = await alice.connect('bpb:8080');
    expect(await alice.peer.app.changeAddress({ contactId, address: 'bob:8080' })).toEqual({
      contactId: known,
    });
    expect(await names(alice)).toEqual(['Bob']);
  });

  test('takes the pinned identity when corrected to an invite', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const contactId = await alice.connect('bpb:8080');
    const address = { scheme: 'auto', host: 'bob', port: 8080 } as const;
    const invite = formatInvite(address, identityOf('Bob'));
    await alice.peer.app.changeAddress({ contactId, address: invite });
    await world.advance(5_000);
    expect((await alice.conversation()).contact).toMatchObject({ name: 'Bob', trust: 'invite' });
  });

  test('cannot be corrected to an invalid address or our own, nor once a peer has answered', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const contactId = await alice.connect('bpb:8080');
    const bob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const change = (id: string, address: string) =>
      alice.peer.app.changeAddress({ contactId: id, address });
    await expect(change(contactId, 'a b')).rejects.toMatchObject({
      problem: { code: 'bad-address' },
    });
    await expect(change(contactId, 'alice:8080')).rejects.toMatchObject({
      problem: { code: 'own-address' },
    });
    await expect(change(bob, 'carol:8080')).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
    expect(await names(alice)).toEqual(['bpb:8080', 'Bob']);
  });

  test('is shown as host and port, without its scheme', async () => {
    const alice = await start('Alice');
    await alice.connect('parley://nonsense');
    const { contact } = await alice.conversation();
    expect(contact.name).toBe('nonsense:8080');
    // Nothing but an encrypted connection will do, as it was asked for.
    expect(contact.addresses).toEqual(['parley://nonsense:8080']);
  });
});
