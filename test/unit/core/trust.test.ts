import { beforeEach, describe, expect, test } from 'vitest';
import { formatInvite } from '../../../src/shared/address/invite.ts';
import type { LinkState } from '../../../src/shared/model/model.ts';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { identityOf, TestPeer } from '../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string, identity?: string) =>
  TestPeer.start({ name, network, world, ...(identity === undefined ? {} : { identity }) });

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

/** Alice knows Bob; then somebody else answers at Bob's address. */
async function changedKey() {
  const alice = await start('Alice');
  const bob = await start('Bob');
  const contactId = await alice.connect('bob:8080');
  await world.advance(1_000);
  await bob.peer.stop();
  const stranger = await start('Bob', identityOf('Bob again'));
  await alice.send(contactId, 'are you still Bob?');
  await world.advance(60_000);
  return { alice, contactId, stranger };
}

/** What is shown of the link to the only contact, from now on. */
async function linksOf({ peer }: TestPeer): Promise<LinkState[]> {
  const seen: LinkState[] = [];
  const { seq } = await peer.app.snapshot({});
  peer.app.subscribe(seq, (batch) => {
    if (batch.type === 'gap') throw new Error('events were missed');
    for (const { event } of batch.events) {
      if (event.type === 'conversation-changed') seen.push(event.conversation.link);
    }
  });
  return seen;
}

describe('the trust of a contact', () => {
  test('is first-use when it was added by address', async () => {
    const alice = await start('Alice');
    await start('Bob');
    await alice.connect('bob:8080');
    await world.advance(1_000);
    expect((await alice.conversation()).contact.trust).toBe('first-use');
  });

  test('is invite when an invite pinned the key', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const address = { scheme: 'auto', host: 'bob', port: 8080 } as const;
    await alice.connect(formatInvite(address, identityOf('Bob')));
    await world.advance(1_000);
    expect((await alice.conversation()).contact.trust).toBe('invite');
  });

  test('is verified when the safety number was compared, which the user may revoke', async () => {
    const alice = await start('Alice');
    await start('Bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    await alice.peer.app.setVerified({ contactId, verified: true });
    expect((await alice.conversation()).contact.trust).toBe('verified');
    await alice.peer.app.setVerified({ contactId, verified: false });
    expect((await alice.conversation()).contact.trust).toBe('first-use');
  });

  test('cannot be verified before a key was seen', async () => {
    const alice = await start('Alice');
    const contactId = await alice.connect('bob:8080');
    await expect(alice.peer.app.setVerified({ contactId, verified: true })).rejects.toMatchObject({
      problem: { code: 'identity-unseen' },
    });
  });
});

describe('a changed key', () => {
  test('blocks all traffic until the user has decided', async () => {
    const { alice, stranger } = await changedKey();
    expect((await alice.conversation()).link).toMatchObject({
      phase: 'offline',
      problem: { code: 'identity-changed', params: { found: identityOf('Bob again') } },
    });
    expect(await stranger.conversations()).toEqual([]);
  });

  test('is shown until the contact is back, which is then linked without a question', async () => {
    const { alice, contactId, stranger } = await changedKey();
    const { link } = await alice.conversation();
    expect(link).toMatchObject({ problem: { code: 'identity-changed' } });
    expect(link.phase === 'offline' && link.retryAt).toBeGreaterThan(world.now());
    const seen = await linksOf(alice);
    await stranger.peer.stop();
    await world.advance(600_000);
    const bob = await start('Bob');
    await world.advance(600_000);
    const shown = seen.map((it) => (it.phase === 'offline' ? it.problem.code : it.phase));
    expect([...new Set(shown)]).toEqual(['identity-changed', 'online']);
    expect(shown.at(-1)).toBe('online');
    expect(await bob.transcript((await bob.conversation()).contact.id)).toContain(
      'them: are you still Bob?',
    );
    expect(await alice.transcript(contactId)).toEqual(['me: are you still Bob?']);
  });

  test('or a plain-text answer is retried with growing backoff', async () => {
    const { alice, stranger } = await changedKey();
    await stranger.peer.stop();
    network.batches.set('bob', { call: () => Promise.reject(new Error('not asked')) });
    await world.advance(600_000);
    const seen = await linksOf(alice);
    await world.advance(3_600_000);
    expect(seen.at(-1)).toMatchObject({ problem: { code: 'plain-refused' } });
    expect(seen.length).toBeGreaterThanOrEqual(12);
    expect(seen.length).toBeLessThanOrEqual(24);
    expect(seen.every(({ phase }) => phase === 'offline')).toBe(true);
  });

  test('that the user accepts gets pending messages, and is no longer verified', async () => {
    const { alice, contactId, stranger } = await changedKey();
    await alice.peer.app.acceptIdentity({ contactId, identity: identityOf('Bob again') });
    await world.advance(5_000);
    expect((await alice.conversation()).contact).toMatchObject({
      identity: identityOf('Bob again'),
      trust: 'first-use',
    });
    expect(await stranger.transcript((await stranger.conversation()).contact.id)).toEqual([
      'them: are you still Bob?',
    ]);
  });

  test('can only be accepted if it is the key that has answered', async () => {
    const { alice, contactId } = await changedKey();
    const identity = identityOf('Somebody else');
    await expect(alice.peer.app.acceptIdentity({ contactId, identity })).rejects.toMatchObject({
      problem: { code: 'identity-unseen' },
    });
  });
});

describe('strangers', () => {
  test('may leave 200 messages; the rest stays on their side until they are accepted', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    const sent = Array.from({ length: 230 }, (_, index) => `${index}`);
    for (const body of sent) await alice.send(toBob, body);
    await world.advance(60_000);
    const toAlice = (await bob.conversation()).contact.id;
    const held = (await bob.transcript(toAlice)).length;
    expect(held).toBeGreaterThanOrEqual(200);
    expect(held).toBeLessThan(230);
    await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });
    await world.advance(60_000);
    expect(await bob.transcript(toAlice)).toEqual(sent.map((body) => `them: ${body}`));
    const states = new Set((await alice.messages(toBob)).map(({ state }) => state));
    expect(states).toEqual(new Set(['delivered']));
  });

  test('above a hundred requests replace one without a message, and no other', async () => {
    const bob = await start('Bob');
    for (let n = 0; n < 101; n += 1) {
      const caller = await start(`Caller${n}`);
      const contactId = await caller.connect('bob:8080');
      if (n !== 1) await caller.send(contactId, `I am ${n}`);
      await world.advance(3_000);
      await caller.peer.stop();
    }
    const identities = (await bob.conversations()).map(({ contact }) => contact.identity);
    const expected = Array.from({ length: 101 }, (_, n) => identityOf(`Caller${n}`));
    expect(identities).toEqual(expected.filter((_, n) => n !== 1));
  });

  test('are refused with a reason when a hundred requests have messages, and those stay', async () => {
    const bob = await start('Bob');
    for (let n = 0; n < 101; n += 1) {
      const caller = await start(`Caller${n}`);
      await caller.send(await caller.connect('bob:8080'), `I am ${n}`);
      await world.advance(3_000);
      if (n === 100) {
        expect((await caller.messages((await caller.conversation()).contact.id))[0]?.state).toBe(
          'queued',
        );
      }
      await caller.peer.stop();
    }
    expect(await bob.conversations()).toHaveLength(100);
  });

  test('that connect in a crowd are admitted twenty at a time', async () => {
    const bob = await start('Bob');
    for (let n = 0; n < 30; n += 1) await (await start(`Caller${n}`)).connect('bob:8080');
    await world.advance(100);
    expect(await bob.conversations()).toHaveLength(20);
    await world.advance(6 * 60_000);
    expect(await bob.conversations()).toHaveLength(30);
  });

  test('are not dialled when they disconnect', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    await alice.send(await alice.connect('bob:8080'), 'hello');
    await world.advance(1_000);
    await alice.peer.stop();
    await world.advance(60_000);
    expect((await bob.conversation()).link).toMatchObject({ phase: 'offline', retryAt: null });
  });

  test('get no read receipts', async () => {
    const alice = await start('Alice');
    const bob = await start('Bob');
    const toBob = await alice.connect('bob:8080');
    await alice.send(toBob, 'seen?');
    await world.advance(1_000);
    const contactId = (await bob.conversation()).contact.id;
    const seq = (await bob.messages(contactId))[0]?.seq ?? 0;
    await bob.peer.app.markRead({ contactId, seq });
    await world.advance(1_000);
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
  });
});

describe('callers of the open contract', () => {
  const from = (remoteHost: string, identity: string | null = null) => ({
    remoteHost,
    identity,
    secure: identity !== null,
  });

  test('are answered from loopback, and from the network only when the user allows it', async () => {
    const bob = await start('Bob');
    const admits = network.admits('bob');
    expect(admits(from('127.0.0.1'))).toBe(true);
    expect(admits(from('::1'))).toBe(true);
    await bob.peer.app.updateSettings({ openContract: 'this-computer' });
    expect(admits(from('192.168.1.9'))).toBe(false);
    expect(admits(from('192.168.1.9', identityOf('Alice')))).toBe(true);
    await bob.peer.app.updateSettings({ openContract: 'network' });
    expect(admits(from('192.168.1.9'))).toBe(true);
  });
});
