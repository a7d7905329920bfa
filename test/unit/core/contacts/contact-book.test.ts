import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { Messages } from '../../../../src/core/messages/messages.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { NewMessage, StoredConversation } from '../../../../src/core/storage/store.ts';
import { uuidv7 } from '../../../../src/shared/model/ids.ts';
import type { MessageKey } from '../../../../src/shared/model/model.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { slowStore } from '../../../support/storage/slow-store.ts';

const step = fc.oneof(
  fc.record({ type: fc.constant('arrives' as const) }),
  fc.record({ type: fc.constant('sent' as const) }),
  fc.record({ type: fc.constant('read' as const), upTo: fc.nat({ max: 12 }) }),
  fc.record({ type: fc.constant('deleted' as const), which: fc.nat({ max: 12 }) }),
  fc.record({ type: fc.constant('waits' as const), ms: fc.nat({ max: 30 }) }),
);

test('unread count and preview match the history after concurrent changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30 }),
      fc.array(fc.nat({ max: 25 }), { minLength: 1, maxLength: 10 }),
      async (steps, delays) => {
        const world = new FakeWorld();
        const store = slowStore(world, 0);
        const events = new EventLog((error) => {
          throw error;
        });
        const book = new ContactBook({ world, store, events });
        const messages = new Messages({ store, events, conversations: book.conversations });
        const { id: contactId } = await book.add({
          kind: 'parley',
          name: 'Bob',
          identity: null,
          trust: 'none',
          addresses: [],
          policy: 'accepted',
          chosen: true,
        });
        const known: MessageKey[] = [];
        const message = (author: 'me' | 'them'): NewMessage => {
          const id = uuidv7(world.now(), world.randomBytes);
          known.push({ contactId, author, id });
          const state = author === 'me' ? 'queued' : 'received';
          const rest = {
            contactId,
            author,
            state,
            sentAt: 0,
            problem: null,
            replyTo: null,
          } as const;
          return { ...rest, id, body: id };
        };
        const underWay: Promise<unknown>[] = [];
        for (const [index, next] of steps.entries()) {
          // Each write of its own length, in the order of a disk: the later is not sooner.
          store.delay = delays[index % delays.length] ?? 0;
          if (next.type === 'arrives') underWay.push(messages.add([message('them')]));
          else if (next.type === 'sent') underWay.push(messages.add([message('me')]));
          else if (next.type === 'read') underWay.push(messages.markRead(contactId, next.upTo));
          else if (next.type === 'waits') await world.advance(next.ms);
          else {
            // Only what has been shown can be deleted.
            await world.advance(50);
            underWay.push(
              messages.remove(known[next.which] ?? { contactId, author: 'them', id: 'none' }),
            );
          }
        }
        await world.advance(1_000);
        await Promise.all(underWay);
        const { lastMessage, unread } = book.get(contactId);
        const stored = await store.conversation(contactId);
        expect({ lastMessage, unread }).toEqual({
          lastMessage: stored?.lastMessage,
          unread: stored?.unread,
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('a profile opens with more contacts than a call takes arguments', async () => {
  const world = new FakeWorld();
  const events = new EventLog(() => {});
  const store = createMemoryStore();
  const book = new ContactBook({ world, store, events });
  const { contact, ...rest } = await storedConversation(book);
  const many = Array.from({ length: 130_000 }, (_, at) => ({
    ...rest,
    contact: { ...contact, id: `${contact.id}${at}` },
  }));
  const crowded = { ...store, conversations: async () => many };
  const again = new ContactBook({ world, store: crowded, events });
  await again.conversations.load();
  expect(again.conversations.arrivedAfter).toBe(0);
});

/** A conversation as a store has it, of a contact without a name: only their number counts. */
async function storedConversation(book: ContactBook): Promise<StoredConversation> {
  const { id } = await book.add({
    kind: 'guest',
    name: '',
    identity: null,
    trust: 'none',
    addresses: [],
    policy: 'accepted',
    chosen: false,
  });
  const { link: _, ...stored } = book.get(id);
  return stored;
}
