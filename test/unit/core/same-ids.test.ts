import { beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../src/shared/model/model.ts';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { TestPeer } from '../../support/peers/test-peer.ts';

// Ids are made by their authors: here Eve takes those of messages that are not hers.

let world: FakeWorld;
let bob: TestPeer;
let eve: TestPeer;
/** Bob's conversations. */
let carol: string;
let withEve: string;
/** Eve's conversation with Bob. */
let toBob: string;
let toCarol: Message;
let toEve: Message;

beforeEach(async () => {
  world = new FakeWorld();
  const network = new MemoryNetwork(world);
  bob = await TestPeer.start({ name: 'Bob', network, world });
  await TestPeer.start({ name: 'Carol', network, world });
  eve = await TestPeer.start({ name: 'Eve', network, world });
  carol = await bob.connect('carol:8080');
  toCarol = await bob.send(carol, 'only for Carol');
  toBob = await eve.connect('bob:8080');
  await eve.send(toBob, 'hello');
  await world.advance(5_000);
  const all = await bob.conversations();
  withEve = all.find(({ contact }) => contact.name === 'Eve')?.contact.id ?? '';
  toEve = await bob.send(withEve, 'what do you want?');
  await world.advance(5_000);
});

/** Eve sends a text under an id of her choice. */
async function eveSends(id: string, body: string): Promise<void> {
  await eve.peer.app.send({ contactId: toBob, id, body });
  await world.advance(5_000);
}

const stateAtEve = async (id: string) =>
  (await eve.messages(toBob)).find((it) => it.id === id && it.author === 'me');

test('deleting a contact’s message leaves ours with the same id in another conversation', async () => {
  await eveSends(toCarol.id, 'delete me');
  const input = { contactId: withEve, author: 'them', messageId: toCarol.id } as const;
  await bob.peer.app.deleteMessage(input);
  expect(await bob.transcript(withEve)).toEqual(['them: hello', 'me: what do you want?']);
  expect(await bob.transcript(carol)).toEqual(['me: only for Carol']);
  await expect(bob.peer.app.deleteMessage(input)).rejects.toMatchObject({
    problem: { code: 'unknown-message' },
  });
});

test('the event of a deletion names the conversation and the author', async () => {
  await eveSends(toCarol.id, 'delete me');
  const removed: unknown[] = [];
  bob.peer.app.subscribe((await bob.peer.app.snapshot({})).seq, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) if (event.type === 'message-removed') removed.push(event);
  });
  const input = { contactId: withEve, author: 'them', messageId: toCarol.id } as const;
  await bob.peer.app.deleteMessage(input);
  expect(removed).toEqual([{ type: 'message-removed', ...input }]);
});

test('a message is looked up in its own conversation only', async () => {
  await eveSends(toCarol.id, 'something else');
  const found = (contactId: string) =>
    bob.peer.app.message({ contactId, messageId: toCarol.id }).then((it) => it?.body);
  expect(await found(withEve)).toBe('something else');
  expect(await found(carol)).toBe('only for Carol');
  expect(await bob.peer.app.message({ contactId: withEve, messageId: toEve.id })).toMatchObject({
    author: 'me',
  });
});

test('only our own messages can be resent, in their own conversation', async () => {
  await eveSends(toCarol.id, 'send me');
  await expect(
    bob.peer.app.sendAgain({ contactId: withEve, messageId: toCarol.id }),
  ).rejects.toMatchObject({ problem: { code: 'unknown-message' } });
});

test('a message under an id of ours in the same conversation is refused, and delays no other', async () => {
  await eveSends(toEve.id, 'I am Bob');
  await eveSends('01a20302-c2f6-7c61-bf0c-f2b418313d6e', 'and this?');
  expect(await bob.transcript(withEve)).toEqual([
    'them: hello',
    'me: what do you want?',
    'them: and this?',
  ]);
  expect(await stateAtEve(toEve.id)).toMatchObject({
    state: 'failed',
    problem: { code: 'call-failed' },
  });
  expect(await bob.store.receivedCount()).toBe(2);
});

test('a message under an id of ours that was deleted is refused', async () => {
  await bob.peer.app.deleteMessage({ contactId: withEve, author: 'me', messageId: toEve.id });
  await eveSends(toEve.id, 'I am Bob');
  expect(await bob.transcript(withEve)).toEqual(['them: hello']);
  expect(await stateAtEve(toEve.id)).toMatchObject({ state: 'failed' });
});

test('a read receipt applies only to messages to its sender', async () => {
  await eve.peer.app.setPolicy({ contactId: toBob, policy: 'accepted' });
  await eveSends(toCarol.id, 'mine now?');
  const seq = (await eve.messages(toBob)).at(-1)?.seq ?? 0;
  await eve.peer.app.markRead({ contactId: toBob, seq });
  await world.advance(5_000);
  expect((await bob.messages(carol))[0]?.state).toBe('delivered');
  expect((await bob.messages(withEve)).find(({ author }) => author === 'me')?.state).toBe('read');
});
