import { expect, test } from 'vitest';
import { quoteKey } from '../../../../src/renderer/state/quotes.ts';
import { ChatStore } from '../../../../src/renderer/state/store.ts';
import { FakeCore } from '../../../support/fake-bridge/fake-bridge.ts';
import { idOf, Story } from '../../../support/renderer-harness/story.ts';

// A stranger gives a message of theirs the id of one of ours to somebody else.

const [CAROL, EVE] = [idOf(1), idOf(2)];

async function twoConversations() {
  const story = new Story()
    .add(1, { name: 'Carol' }, [{ author: 'me', body: 'only for Carol', ago: 3 }])
    .add(2, { name: 'Eve', policy: 'request' }, [{ author: 'them', body: 'delete me', ago: 2 }]);
  const { conversations, messages, ...rest } = story.done();
  const [ours, theirs] = messages;
  if (!ours || !theirs) throw new Error('the story has two messages');
  const claimed = { ...theirs, id: ours.id };
  const core = new FakeCore({ ...rest, conversations, messages: [ours, claimed] });
  const store = new ChatStore({
    openBridge: async () => core.bridge,
    now: () => 0,
    randomBytes: (length) => new Uint8Array(length),
  });
  await store.start();
  return { core, store, ours, claimed };
}

test('deleting it in the page deletes it, and ours stays', async () => {
  const { core, store, ours, claimed } = await twoConversations();
  expect(await store.deleteMessage(claimed)).toBeNull();
  expect(core.messagesOf(EVE)).toEqual([]);
  expect(core.messagesOf(CAROL)).toEqual([ours]);
});

test('a quote shows the message of its own conversation', async () => {
  const { store, ours, claimed } = await twoConversations();
  await store.lookUp(EVE, ours.id);
  await store.lookUp(CAROL, ours.id);
  const { quotes } = store.getState();
  expect(quotes.get(quoteKey(EVE, ours.id))?.body).toBe(claimed.body);
  expect(quotes.get(quoteKey(CAROL, ours.id))?.body).toBe(ours.body);
});

test('a quote of ours stays when theirs with the same id is deleted', async () => {
  const { store, ours, claimed } = await twoConversations();
  await store.lookUp(EVE, ours.id);
  await store.lookUp(CAROL, ours.id);
  await store.deleteMessage(claimed);
  const { quotes } = store.getState();
  expect(quotes.get(quoteKey(EVE, ours.id))).toBeNull();
  expect(quotes.get(quoteKey(CAROL, ours.id))?.body).toBe(ours.body);
});
