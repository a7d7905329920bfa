import { beforeEach, describe, expect, test } from 'vitest';
import type { EventBatch } from '../../../src/shared/bridge/events.ts';
import { problemOf } from '../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { TestPeer } from '../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const start = (name: string) => TestPeer.start({ name, network, world });
const code = (error: unknown) => problemOf(error).code;

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

/** Alice and Bob have talked. */
async function talked(count = 3) {
  const alice = await start('Alice');
  const bob = await start('Bob');
  const contactId = await alice.connect('bob:8080');
  await world.advance(1_000);
  for (let index = 0; index < count; index += 1) await alice.send(contactId, `line ${index}`);
  await world.advance(1_000);
  const batches: EventBatch[] = [];
  const { seq } = await alice.peer.app.snapshot({});
  alice.peer.app.subscribe(seq, (batch) => batches.push(batch));
  return { alice, bob, contactId, batches };
}

async function* chunks(text: string) {
  yield text;
}

async function exported({ peer }: TestPeer): Promise<string> {
  let text = '';
  for await (const chunk of peer.transfer.exportAll()) text += chunk;
  return text;
}

describe('a deleted conversation', () => {
  test('is empty, whatever its length, and the contact stays', async () => {
    const { alice, contactId, batches } = await talked(450);
    await alice.peer.app.deleteConversation({ contactId });
    expect(await alice.messages(contactId)).toEqual([]);
    expect(await alice.conversation()).toMatchObject({ lastMessage: null, unread: 0 });
    expect(batches.filter(({ type }) => type === 'gap')).toHaveLength(1);
  });

  test('accepts new messages', async () => {
    const { alice, bob, contactId } = await talked();
    await alice.peer.app.deleteConversation({ contactId });
    await alice.send(contactId, 'again');
    await world.advance(1_000);
    expect(await alice.transcript(contactId)).toEqual(['me: again']);
    expect((await bob.conversation()).lastMessage?.body).toBe('again');
  });

  test('that was empty already changes nothing', async () => {
    const { alice, contactId, batches } = await talked(0);
    await alice.peer.app.deleteConversation({ contactId });
    expect(batches).toEqual([]);
  });

  test('of an unknown contact is an error', async () => {
    const alice = await start('Alice');
    const nobody = alice.peer.app.deleteConversation({ contactId: 'nobody' });
    expect(await nobody.catch(code)).toBe('unknown-contact');
  });
});

test('deleting everything leaves no contact and no message', async () => {
  const { alice } = await talked();
  await alice.connect('carol:8080');
  await alice.peer.app.deleteEverything({});
  expect(await alice.conversations()).toEqual([]);
  const page = await alice.peer.app.search({
    query: 'line',
    contactId: null,
    before: null,
    limit: 10,
  });
  expect(page).toEqual({ hits: [], more: false });
});

test('a search finds words in one conversation or in all', async () => {
  const { alice, contactId } = await talked();
  const other = await alice.connect('carol:8080');
  await alice.send(other, 'line to Carol');
  const bodies = async (id: string | null) =>
    (
      await alice.peer.app.search({ query: 'line', contactId: id, before: null, limit: 10 })
    ).hits.map(({ message }) => message.body);
  expect(await bodies(null)).toEqual(['line to Carol', 'line 2', 'line 1', 'line 0']);
  expect(await bodies(contactId)).toEqual(['line 2', 'line 1', 'line 0']);
  expect(await bodies('nobody').catch(code)).toBe('unknown-contact');
});

describe('an import into a running peer', () => {
  test('is visible at once, and its pending messages are sent', async () => {
    const { alice, bob, contactId } = await talked();
    await bob.peer.stop();
    await alice.send(contactId, 'waiting');
    const text = await exported(alice);
    await alice.peer.stop();
    const again = await start('Alice');
    const batches: EventBatch[] = [];
    again.peer.app.subscribe(0, (batch) => batches.push(batch));
    const later = await start('Bob');
    expect(await again.peer.transfer.importAll(chunks(text))).toEqual({ contacts: 1, messages: 4 });
    expect(batches.some(({ type }) => type === 'gap')).toBe(true);
    expect((await again.conversation()).lastMessage?.body).toBe('waiting');
    await world.advance(60_000);
    expect((await later.conversation()).lastMessage?.body).toBe('waiting');
    expect(await again.peer.transfer.importAll(chunks(text))).toEqual({ contacts: 0, messages: 0 });
  });

  test('of a contact’s export does not add ourselves as a contact', async () => {
    const { alice, bob } = await talked();
    const before = await alice.conversations();
    expect(await alice.peer.transfer.importAll(chunks(await exported(bob)))).toEqual({
      contacts: 0,
      messages: 0,
      notTaken: ['own'],
    });
    expect((await alice.conversations()).map((it) => it.contact.id)).toEqual(
      before.map((it) => it.contact.id),
    );
  });

  test('restores a contact that has called since everything was deleted', async () => {
    const { alice, bob } = await talked();
    await alice.send((await alice.conversation()).contact.id, 'the last line');
    await world.advance(1_000);
    const text = await exported(alice);
    await alice.peer.app.deleteEverything({});
    const called = await bob.conversation();
    await bob.send(called.contact.id, 'still there?');
    await world.advance(60_000);
    expect((await alice.conversation()).contact.policy).toBe('request');
    expect((await bob.conversation()).link).toMatchObject({ problem: { code: 'not-answered' } });
    expect(await alice.peer.transfer.importAll(chunks(text))).toEqual({ contacts: 1, messages: 4 });
    await world.advance(1_000);
    const { contact } = await alice.conversation();
    expect(contact).toMatchObject({ policy: 'accepted', chosen: true });
    expect((await bob.conversation()).link).not.toHaveProperty('problem');
    expect(await alice.peer.transfer.importAll(chunks(text))).toEqual({ contacts: 0, messages: 0 });
  });

  test.each(['blocked', 'accepted'] as const)(
    'keeps the current policy of a contact that is %s here',
    async (policy) => {
      const { alice, contactId } = await talked();
      const other = policy === 'blocked' ? 'accepted' : 'blocked';
      await alice.peer.app.setPolicy({ contactId, policy: other });
      const text = await exported(alice);
      await alice.peer.app.setPolicy({ contactId, policy });
      await alice.peer.transfer.importAll(chunks(text));
      expect((await alice.conversation()).contact.policy).toBe(policy);
    },
  );

  test('blocks a contact again that was blocked and has called since', async () => {
    const { alice, bob, contactId } = await talked();
    await alice.peer.app.setPolicy({ contactId, policy: 'blocked' });
    const text = await exported(alice);
    await alice.peer.app.deleteEverything({});
    await bob.send((await bob.conversation()).contact.id, 'hello?');
    await world.advance(600_000);
    expect((await alice.conversation()).contact.policy).toBe('request');
    await alice.peer.transfer.importAll(chunks(text));
    expect((await alice.conversation()).contact.policy).toBe('blocked');
  });

  test('that fails half-way shows what it imported until then', async () => {
    const { alice } = await talked();
    const text = (await exported(alice)).split('\n').slice(0, -3).join('\n');
    const carol = await start('Carol');
    const failed = carol.peer.transfer.importAll(chunks(text));
    expect(await failed.catch(code)).toBe('import-invalid');
    expect((await carol.conversation()).lastMessage?.body).toBe('line 1');
  });
});

test('a gap reaches every subscriber, and later ones that resume before it', async () => {
  const { alice, contactId, batches } = await talked();
  const { seq } = await alice.peer.app.snapshot({});
  await alice.peer.app.deleteConversation({ contactId });
  expect(batches.at(-1)).toEqual({ type: 'gap' });
  const late: EventBatch[] = [];
  alice.peer.app.subscribe(seq, (batch) => late.push(batch));
  expect(late).toEqual([{ type: 'gap' }]);
  const after = (await alice.peer.app.snapshot({})).seq;
  alice.peer.app.subscribe(after, (batch) => late.push(batch));
  expect(late).toHaveLength(1);
});
