import { beforeEach, describe, expect, test } from 'vitest';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { identityOf, TestPeer, type TestPeerOptions } from '../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

const start = (name: string, options: Partial<TestPeerOptions> = {}) =>
  TestPeer.start({ name, network, world, ...options });

const NEW_KEY = identityOf('Dora, new');
const OLD_KEY = identityOf('Dora');

/** Bob and Dora have talked; then Dora's computer is wiped, and Bob has written to her meanwhile. */
async function wipedDora() {
  const bob = await start('Bob');
  const dora = await start('Dora');
  const known = await bob.connect('dora:8080');
  await bob.send(known, 'hello Dora');
  await world.advance(1_000);
  const toBob = (await dora.conversation()).contact.id;
  await dora.send(toBob, 'hi, Dora here');
  await world.advance(1_000);
  await dora.peer.stop();
  await world.advance(1_000);
  await bob.send(known, 'are you still there?');
  await world.advance(60_000);
  return { bob, known };
}

/** Dora is there again with another key, and writes to Bob. */
async function doraWrites(options: Partial<TestPeerOptions> = {}, bodies = ['hi, I reinstalled']) {
  const dora = await start('Dora', { identity: NEW_KEY, ...options });
  const toBob = await dora.connect('bob:8080');
  for (const body of bodies) await dora.send(toBob, body);
  await world.advance(5_000);
  return { dora, toBob };
}

const withKey = async (peer: TestPeer, identity: string) => {
  const all = await peer.conversations();
  const found = all.find(({ contact }) => contact.identity === identity);
  if (!found) throw new Error(`nobody has the key ${identity}`);
  return found;
};

const problem = (code: string) => ({ problem: { code } });

describe('a contact that reinstalled and writes first', () => {
  test('is merged with the old conversation, once and in order, when the key is trusted', async () => {
    const { bob, known } = await wipedDora();
    const { dora, toBob } = await doraWrites({}, ['hi', 'I reinstalled', 'trust me']);
    const request = (await withKey(bob, NEW_KEY)).contact.id;
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    const only = await bob.conversation();
    expect(only).toMatchObject({ contact: { id: known, identity: NEW_KEY, trust: 'first-use' } });
    expect(only.link).toMatchObject({ phase: 'online' });
    expect(await bob.transcript(known)).toEqual([
      'me: hello Dora',
      'them: hi, Dora here',
      'me: are you still there?',
      'them: hi',
      'them: I reinstalled',
      'them: trust me',
    ]);
    expect(await dora.transcript(toBob)).toEqual([
      'me: hi',
      'me: I reinstalled',
      'me: trust me',
      'them: are you still there?',
    ]);
    // Whoever still has the id of the request is led on.
    await bob.send(request, 'welcome back');
    await world.advance(1_000);
    expect((await dora.transcript(toBob)).at(-1)).toBe('them: welcome back');
  });

  test('can also be trusted when we noticed the new key before the message', async () => {
    const { bob, known } = await wipedDora();
    const dora = await start('Dora', { identity: NEW_KEY });
    await world.advance(120_000);
    expect((await bob.conversation()).link).toMatchObject({
      problem: { code: 'identity-changed', params: { found: NEW_KEY } },
    });
    const toBob = await dora.connect('bob:8080');
    await dora.send(toBob, 'hi');
    await world.advance(5_000);
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    expect((await bob.conversation()).contact).toMatchObject({ id: known, identity: NEW_KEY });
    expect((await dora.transcript(toBob)).at(-1)).toBe('them: are you still there?');
  });

  test('can also be trusted when it now listens at another port, or is unreachable for us', async () => {
    const { bob, known } = await wipedDora();
    const elsewhere = { name: 'Dora', host: 'dora-laptop', identity: NEW_KEY };
    const { dora, toBob } = await doraWrites(elsewhere);
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    expect((await bob.conversation()).contact.identity).toBe(NEW_KEY);
    expect((await dora.transcript(toBob)).at(-1)).toBe('them: are you still there?');
  });

  test('sends no read receipts for messages to its old key', async () => {
    const { bob, known } = await wipedDora();
    const { dora, toBob } = await doraWrites();
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    const seq = (await dora.messages(toBob)).at(-1)?.seq ?? 0;
    await dora.peer.app.markRead({ contactId: toBob, seq });
    await world.advance(1_000);
    const ours = (await bob.messages(known)).filter(({ author }) => author === 'me');
    expect(ours.map(({ body, state }) => [body, state])).toEqual([
      ['hello Dora', 'delivered'],
      ['are you still there?', 'read'],
    ]);
  });

  test('can be trusted again after a second key change', async () => {
    const { bob, known } = await wipedDora();
    const { dora } = await doraWrites();
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    await dora.peer.stop();
    const third = identityOf('Dora, third');
    await doraWrites({ identity: third }, ['me again']);
    const second = await withKey(bob, third);
    const accepting = { contactId: second.contact.id, policy: 'accepted' } as const;
    await expect(bob.peer.app.setPolicy(accepting)).rejects.toMatchObject(problem('looks-known'));
    await bob.peer.app.acceptIdentity({ contactId: known, identity: third });
    await world.advance(5_000);
    expect((await bob.conversation()).contact).toMatchObject({ id: known, identity: third });
    expect((await bob.transcript(known)).slice(-2)).toEqual([
      'them: hi, I reinstalled',
      'them: me again',
    ]);
  });

  test('makes the old installation a request to examine when that comes back', async () => {
    const { bob, known } = await wipedDora();
    await doraWrites({ host: 'dora-laptop' });
    await bob.peer.app.acceptIdentity({ contactId: known, identity: NEW_KEY });
    await world.advance(5_000);
    const old = await start('Dora');
    await old.send(await old.connect('bob:8080'), 'I am the old one');
    await world.advance(5_000);
    const request = (await withKey(bob, OLD_KEY)).contact;
    expect(request.policy).toBe('request');
    const accepting = { contactId: request.id, policy: 'accepted' } as const;
    await expect(bob.peer.app.setPolicy(accepting)).rejects.toMatchObject(problem('looks-known'));
    expect((await withKey(bob, NEW_KEY)).contact.id).toBe(known);
  });
});

describe('a request that resembles a contact', () => {
  test('is accepted only by an explicit choice, not by default nor by an answer', async () => {
    const { bob } = await wipedDora();
    await doraWrites();
    const contactId = (await withKey(bob, NEW_KEY)).contact.id;
    const policy = 'accepted';
    await expect(bob.peer.app.setPolicy({ contactId, policy })).rejects.toMatchObject({
      problem: { code: 'looks-known', params: { name: 'Dora', known: 'Dora' } },
    });
    await expect(bob.send(contactId, 'hello?')).rejects.toMatchObject(problem('looks-known'));
    expect((await withKey(bob, NEW_KEY)).contact.policy).toBe('request');
    await bob.peer.app.setPolicy({ contactId, policy, really: true });
    expect((await withKey(bob, NEW_KEY)).contact.policy).toBe('accepted');
    expect((await withKey(bob, OLD_KEY)).contact.policy).toBe('accepted');
  });

  test('is merged only explicitly after being accepted as another contact', async () => {
    const { bob, known } = await wipedDora();
    const { dora, toBob } = await doraWrites();
    const other = (await withKey(bob, NEW_KEY)).contact.id;
    await bob.peer.app.setPolicy({ contactId: other, policy: 'accepted', really: true });
    await bob.send(other, 'who are you?');
    await world.advance(5_000);
    const input = { contactId: known, identity: NEW_KEY };
    await expect(bob.peer.app.acceptIdentity(input)).rejects.toMatchObject(
      problem('identity-known'),
    );
    await bob.peer.app.acceptIdentity({ ...input, merge: true });
    await world.advance(5_000);
    expect(await bob.transcript(known)).toEqual([
      'me: hello Dora',
      'them: hi, Dora here',
      'me: are you still there?',
      'them: hi, I reinstalled',
      'me: who are you?',
    ]);
    expect(await dora.transcript(toBob)).toEqual([
      'me: hi, I reinstalled',
      'them: who are you?',
      'them: are you still there?',
    ]);
    expect((await bob.conversation()).contact.id).toBe(known);
  });

  test('is merged or unblocked only explicitly after being blocked', async () => {
    const { bob, known } = await wipedDora();
    await doraWrites();
    const other = (await withKey(bob, NEW_KEY)).contact.id;
    await bob.peer.app.setPolicy({ contactId: other, policy: 'blocked' });
    const unblock = { contactId: other, policy: 'accepted' } as const;
    await expect(bob.peer.app.setPolicy(unblock)).rejects.toMatchObject(problem('looks-known'));
    const input = { contactId: known, identity: NEW_KEY };
    await expect(bob.peer.app.acceptIdentity(input)).rejects.toMatchObject(
      problem('identity-known'),
    );
    await bob.peer.app.acceptIdentity({ ...input, merge: true });
    await world.advance(60_000);
    expect(await bob.conversation()).toMatchObject({
      contact: { id: known, identity: NEW_KEY, policy: 'accepted' },
      link: { phase: 'online' },
    });
  });

  test.each([
    ['other case and spaces', '  DORA '],
    ['an invisible character', 'Do\u200dra'],
    ['a Cyrillic letter', 'D\u043era'],
    ['a sign behind it', 'Dora ✓'],
  ])('is recognised by its name with %s', async (_what, name) => {
    const { bob } = await wipedDora();
    await doraWrites({ name, host: 'elsewhere' });
    const contactId = (await withKey(bob, NEW_KEY)).contact.id;
    await expect(bob.peer.app.setPolicy({ contactId, policy: 'accepted' })).rejects.toMatchObject(
      problem('looks-known'),
    );
  });

  test('is recognised by its address alone', async () => {
    const { bob } = await wipedDora();
    await doraWrites({ name: 'Somebody', host: 'dora' });
    const contactId = (await withKey(bob, NEW_KEY)).contact.id;
    await expect(bob.peer.app.setPolicy({ contactId, policy: 'accepted' })).rejects.toMatchObject(
      problem('looks-known'),
    );
  });

  test('stays a request when the user types the address it calls from', async () => {
    const { bob } = await wipedDora();
    const { dora } = await doraWrites({ host: 'elsewhere' });
    const gate = Promise.withResolvers<void>();
    network.beforeDial = () => gate.promise;
    const typed = await bob.connect('elsewhere:8080');
    await bob.send(typed, 'for whoever is there');
    gate.resolve();
    await world.advance(5_000);
    expect((await withKey(bob, NEW_KEY)).contact.policy).toBe('request');
    const heard = await dora.transcript((await dora.conversation()).contact.id);
    expect(heard).not.toContain('them: for whoever is there');
  });

  test('a request with another name and address is accepted without a question', async () => {
    const { bob } = await wipedDora();
    const eve = await start('Eve');
    await eve.send(await eve.connect('bob:8080'), 'hello');
    await world.advance(5_000);
    const contactId = (await withKey(bob, identityOf('Eve'))).contact.id;
    await bob.peer.app.setPolicy({ contactId, policy: 'accepted' });
    expect((await withKey(bob, identityOf('Eve'))).contact.policy).toBe('accepted');
  });

  test('cannot be trusted in place of a contact that it does not resemble', async () => {
    const { bob, known } = await wipedDora();
    const eve = await start('Eve');
    await eve.send(await eve.connect('bob:8080'), 'hello');
    await world.advance(5_000);
    await expect(
      bob.peer.app.acceptIdentity({ contactId: known, identity: identityOf('Eve') }),
    ).rejects.toMatchObject(problem('identity-unseen'));
  });

  test('a contact cannot take the name of another one later', async () => {
    const { bob } = await wipedDora();
    const eve = await start('Eve');
    await eve.send(await eve.connect('bob:8080'), 'hello');
    await world.advance(5_000);
    const contactId = (await withKey(bob, identityOf('Eve'))).contact.id;
    await bob.peer.app.setPolicy({ contactId, policy: 'accepted' });
    await eve.peer.stop();
    await start('Dora', { host: 'eve', identity: identityOf('Eve') });
    await world.advance(120_000);
    const renamed = await withKey(bob, identityOf('Eve'));
    expect(renamed).toMatchObject({ contact: { name: 'Eve' }, link: { phase: 'online' } });
  });
});

describe('an unattended peer', () => {
  test('accepts strangers, except any that resemble a known contact', async () => {
    const bob = await start('Bob', { acceptsStrangers: true });
    const dora = await start('Dora');
    await dora.send(await dora.connect('bob:8080'), 'hi');
    await world.advance(5_000);
    expect((await bob.conversation()).contact.policy).toBe('accepted');
    await dora.peer.stop();
    await doraWrites({ host: 'elsewhere' });
    expect((await withKey(bob, NEW_KEY)).contact.policy).toBe('request');
    expect((await withKey(bob, OLD_KEY)).contact.policy).toBe('accepted');
  });
});
