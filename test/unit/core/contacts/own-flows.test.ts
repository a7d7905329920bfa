import { expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { OwnFlows } from '../../../../src/core/contacts/own-flows.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { Contact } from '../../../../src/shared/model/model.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';

type Added = Pick<Contact, 'identity' | 'policy' | 'chosen'>;

/** A book, and who has a place of its own by what is in it. */
function startPlaces() {
  const world = new FakeWorld();
  const events = new EventLog((error) => {
    throw error;
  });
  const book = new ContactBook({ world, events, store: createMemoryStore() });
  const own = new Set<string>();
  const setOwnFlow = (identity: string, has: boolean) => {
    if (has) own.add(identity);
    else own.delete(identity);
  };
  const follow = () => {
    const flows = new OwnFlows({ book, setOwnFlow });
    events.subscribe(events.seq, (batch) => flows.follow(batch));
  };
  const add = (contact: Added) =>
    book.add({ kind: 'parley', name: 'Bob', trust: 'first-use', addresses: [], ...contact });
  return { book, events, add, follow, own: () => [...own].sort() };
}

const chosen = (identity: string | null): Added => ({ identity, policy: 'accepted', chosen: true });

test('a contact has its own flow exactly while the user has chosen it', async () => {
  const { book, add, follow, own } = startPlaces();
  await add(chosen('before'));
  follow();
  expect(own()).toEqual(['before']);
  const bob = await add({ identity: 'bob', policy: 'request', chosen: false });
  await add({ identity: 'taken', policy: 'accepted', chosen: false });
  expect(own()).toEqual(['before']);
  await book.update(bob.id, { policy: 'accepted', chosen: true });
  expect(own()).toEqual(['before', 'bob']);
  await book.update(bob.id, { policy: 'blocked' });
  expect(own()).toEqual(['before']);
  await book.update(bob.id, { policy: 'accepted' });
  await book.remove(bob.id);
  expect(own()).toEqual(['before']);
});

test('the flow follows the contact’s key when the key changes or two contacts are merged', async () => {
  const { book, add, follow, own } = startPlaces();
  follow();
  const typed = await add(chosen(null));
  expect(own()).toEqual([]);
  await book.update(typed.id, { identity: 'first' });
  expect(own()).toEqual(['first']);
  await book.update(typed.id, { identity: 'second' });
  expect(own()).toEqual(['second']);
  const other = await add(chosen('third'));
  await book.merge(other.id, typed.id, () => ({ identity: 'third' }));
  expect(own()).toEqual(['third']);
});

test('flows are brought up to date after a gap in the events', async () => {
  const { book, events, add, follow, own } = startPlaces();
  const gone = await add(chosen('gone'));
  follow();
  const silent = events.subscribe(events.seq, () => {});
  silent();
  await book.remove(gone.id);
  await add(chosen('new'));
  events.announceGap();
  expect(own()).toEqual(['new']);
});
