import { beforeEach, expect, test } from 'vitest';
import { EventLog } from '../../../src/core/base/event-log.ts';
import { ConversationList } from '../../../src/core/contacts/conversation-list.ts';
import { createMemoryStore } from '../../../src/core/storage/memory/memory-store.ts';
import type { PeerEvent } from '../../../src/shared/bridge/events.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../support/network/memory-network.ts';
import { identityOf, TestPeer } from '../../support/peers/test-peer.ts';
import { slowStore } from '../../support/storage/slow-store.ts';
import { sampleContact } from '../../support/storage/store-samples.ts';

let world: FakeWorld;
let network: MemoryNetwork;

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

const draft = (body: string, replyTo: string | null = null) => ({ body, replyTo });

/** Alice knows Bob. */
async function known() {
  const store = createMemoryStore();
  const alice = await TestPeer.start({ name: 'Alice', network, world, store });
  const contactId = await alice.connect('bob:8080');
  const kept = async () => (await store.conversation(contactId))?.contact.draft;
  return { alice, app: alice.peer.app, store, contactId, kept };
}

test('a draft is stored, in the snapshot and in events, until it is emptied', async () => {
  const { app, contactId, kept } = await known();
  await world.advance(1_000);
  const told: unknown[] = [];
  const { seq: before } = await app.snapshot({});
  app.subscribe(before, (batch) => {
    for (const { seq, event } of batch.type === 'events' ? batch.events : []) {
      if (event.type === 'draft-changed') told.push([seq, event.draft]);
    }
  });
  const answer = uuidv7(world.now(), world.randomBytes);
  const { seq } = await app.saveDraft({ contactId, draft: draft('half a thought', answer) });
  expect(told).toEqual([[seq, draft('half a thought', answer)]]);
  expect(await kept()).toEqual(draft('half a thought', answer));
  expect((await app.snapshot({})).conversations[0]?.contact.draft?.body).toBe('half a thought');
  await app.saveDraft({ contactId, draft: draft('') });
  expect(await kept()).toBeUndefined();
});

test('a draft is not in the other events of its conversation', async () => {
  const { app, contactId } = await known();
  await app.saveDraft({ contactId, draft: draft('half a thought') });
  const told: PeerEvent[] = [];
  const { seq } = await app.snapshot({});
  app.subscribe(seq, (batch) => {
    if (batch.type === 'events') told.push(...batch.events.map(({ event }) => event));
  });
  await app.arrange({ contactId, pinned: true });
  expect(told).toMatchObject([{ conversation: { contact: { pinned: true } } }]);
  expect(JSON.stringify(told)).not.toContain('half a thought');
});

test('a draft is emptied by sending its text, and stays when another text is sent', async () => {
  const { alice, app, contactId, kept } = await known();
  await app.saveDraft({ contactId, draft: draft('half a thought') });
  await alice.send(contactId, 'something else');
  expect((await kept())?.body).toBe('half a thought');
  await alice.send(contactId, 'half a thought');
  expect(await kept()).toBeUndefined();
});

test('a draft saved while its text was being sent stays, and what was saved before goes', async () => {
  const disk = slowStore(world, 0);
  const alice = await TestPeer.start({ name: 'Alice', network, world, store: disk });
  const contactId = await alice.connect('bob:8080');
  disk.delay = 5;
  const { app } = alice.peer;
  const kept = async () => (await disk.conversation(contactId))?.contact.draft;
  const save = (body: string) => app.saveDraft({ contactId, draft: draft(body) });
  const send = (body: string) =>
    app.send({ contactId, id: uuidv7(world.now(), world.randomBytes), body });
  const burst = async (...calls: readonly Promise<unknown>[]) => {
    await world.advance(1_000);
    await Promise.all(calls);
  };
  await burst(save('hello'), send('hello'), save('another thought'));
  expect(await kept()).toEqual(draft('another thought'));
  await burst(save('y'), save('ye'), save('yes'), send('yes'));
  expect(await kept()).toBeUndefined();
});

test('of a draft that begins with what was being sent, the rest stays', async () => {
  const { alice, app, contactId, kept } = await known();
  await app.saveDraft({ contactId, draft: draft('first\nsecond\nand a third', 'answered') });
  await alice.send(contactId, 'first');
  expect(await kept()).toEqual(draft('second\nand a third', 'answered'));
  await alice.send(contactId, 'sec');
  expect(await kept()).toEqual(draft('second\nand a third', 'answered'));
});

test('a draft longer than a message is refused, and the one before it stays', async () => {
  const { app, contactId, kept } = await known();
  const longest = 'é'.repeat(DEFAULT_LIMITS.messageBytes / 2);
  await app.saveDraft({ contactId, draft: draft(longest) });
  await expect(app.saveDraft({ contactId, draft: draft(`${longest} `) })).rejects.toMatchObject({
    problem: { code: 'message-too-long' },
  });
  expect((await kept())?.body).toBe(longest);
});

test('a draft goes with its conversation, and keeps an address that was mistyped from being forgotten', async () => {
  const { app, contactId, kept } = await known();
  await app.saveDraft({ contactId, draft: draft('half a thought') });
  expect(await app.forgetAttempt({ contactId })).toBe(false);
  await app.deleteConversation({ contactId });
  expect(await kept()).toBeUndefined();
  expect(await app.forgetAttempt({ contactId })).toBe(true);
});

test('the drafts of two contacts that turn out to be one are both there', async () => {
  const bob = await TestPeer.start({ name: 'Bob', network, world });
  const dora = await TestPeer.start({ name: 'Dora', network, world });
  const contactId = await bob.connect('dora:8080');
  await bob.send(contactId, 'hello');
  await world.advance(1_000);
  await dora.peer.stop();
  const again = await TestPeer.start({ name: 'Dora', network, world, identity: identityOf('new') });
  await again.send(await again.connect('bob:8080'), 'hi, I reinstalled');
  await world.advance(60_000);
  const request = (await bob.shown()).find((it) => it.contact.id !== contactId)?.contact.id ?? '';
  const { app } = bob.peer;
  await app.saveDraft({ contactId, draft: draft('where were you?') });
  await app.saveDraft({ contactId: request, draft: draft('who is it?') });
  await app.acceptIdentity({ contactId, identity: identityOf('new') });
  expect((await bob.conversation()).contact.draft?.body).toBe('where were you?\nwho is it?');
});

test('a draft is in no export, and none is taken from a file', async () => {
  const { alice, app, contactId, kept } = await known();
  await alice.send(contactId, 'hello');
  await app.saveDraft({ contactId, draft: draft('never sent') });
  let text = '';
  for await (const chunk of alice.peer.transfer.exportAll()) text += chunk;
  expect(text).not.toContain('never sent');
  await app.removeContact({ contactId });
  const forged = text.replace(
    '"muted":false',
    '"muted":false,"draft":{"body":"I owe you","replyTo":null}',
  );
  expect(forged).not.toBe(text);
  await alice.peer.transfer.importAll(
    (async function* () {
      yield forged;
    })(),
  );
  expect((await alice.conversation()).lastMessage?.body).toBe('hello');
  expect(await kept()).toBeUndefined();
});

test('the draft to somebody who is not listed yet comes with their first message', async () => {
  const store = createMemoryStore();
  const unsent = draft('typed for long');
  await store.saveContact(sampleContact('stranger', { policy: 'request', draft: unsent }));
  const events: PeerEvent[] = [];
  const log = new EventLog(() => {});
  log.subscribe(0, (batch) => {
    if (batch.type === 'events') events.push(...batch.events.map(({ event }) => event));
  });
  const list = new ConversationList({ store, events: log });
  await list.load();
  expect(list.listed()).toEqual([]);
  list.list('stranger');
  expect(events).toContainEqual({ type: 'draft-changed', contactId: 'stranger', draft: unsent });
});
