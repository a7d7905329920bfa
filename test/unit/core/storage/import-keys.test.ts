import { describe, expect, test } from 'vitest';
import { importInto } from '../../../../src/core/profile/import.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { ownId } from '../../../../src/core/storage/own-id.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import type { Contact } from '../../../../src/shared/model/model.ts';
import { ours, sampleContact, theirs } from '../../../support/storage/store-samples.ts';

// What a file says about keys: two under one id, another one than here, and our own.

const [ANN, BOB] = [ownId('ann'), ownId('bob')];
const [KEY, OTHER_KEY, OWN] = ['a1', 'b2', 'c3'].map((it) => it.repeat(32)) as [
  string,
  string,
  string,
];

const contact = (id: string, changes: Partial<Contact>) => ({
  type: 'contact',
  contact: sampleContact(id, changes),
});
const waiting = (contactId: string, id: string) => ({
  type: 'message',
  message: ours(contactId, id),
  unread: false,
});
const received = (contactId: string, id: string) => ({
  type: 'message',
  message: theirs(contactId, id),
  unread: true,
});

function fileOf(...records: readonly object[]): string[] {
  const header = { format: 'parley-export', version: 1, exportedAt: '2026-11-22T10:00:00.000Z' };
  const lines = [header, ...records, { type: 'end', records: records.length }];
  return [lines.map((line) => JSON.stringify(line)).join('\n')];
}

const statesOf = async (store: Store, id: string) =>
  (await store.page(id, null, 9)).messages.map(({ state, problem }) => [
    state,
    problem?.code ?? null,
  ]);

describe('two contacts of a file with one id', () => {
  test.each([
    ['two keys', KEY, OTHER_KEY],
    ['a key, and then none', KEY, null],
    ['no key, and then one', null, KEY],
  ])(
    'and %s stop the import at the second, before anything is sent to the first',
    async (_, first, second) => {
      const store = createMemoryStore();
      const file = fileOf(
        contact('ann', { identity: first }),
        contact('ann', { identity: second, name: 'Eve' }),
        waiting('ann', '1'),
      );
      await expect(importInto(store, file)).rejects.toMatchObject({
        problem: { code: 'import-invalid', params: { line: 3 } },
      });
      expect(await statesOf(store, ANN)).toEqual([]);
      expect(await store.conversations()).toMatchObject([{ contact: { identity: first } }]);
    },
  );

  test('and the same key are the same contact', async () => {
    const store = createMemoryStore();
    const same = contact('ann', { identity: KEY });
    expect(await importInto(store, fileOf(same, same, waiting('ann', '1')))).toEqual({
      contacts: 1,
      messages: 1,
    });
    expect(await statesOf(store, ANN)).toEqual([['queued', null]]);
  });
});

describe('pending messages in a file for a contact with a different key here', () => {
  test.each([
    ['another key', OTHER_KEY],
    ['no key yet', null],
  ])('(%s) join the conversation, and are sent only when the user says so', async (_, here) => {
    const store = createMemoryStore();
    await store.saveContact(sampleContact(ANN, { identity: here }));
    const file = fileOf(
      contact('ann', { identity: KEY }),
      waiting('ann', '1'),
      received('ann', '2'),
      // By another id, the same key.
      contact('ann2', { identity: KEY }),
      waiting('ann2', '3'),
    );
    expect(await importInto(store, file)).toEqual({ contacts: 0, messages: 3 });
    expect(await statesOf(store, ANN)).toEqual([
      ['failed', 'other-recipient'],
      ['received', null],
      ['failed', 'other-recipient'],
    ]);
    expect(await store.contactsWithPending()).toEqual([]);
  });

  test('(no key in the file) go to the contact known by that id', async () => {
    const store = createMemoryStore();
    await store.saveContact(sampleContact(ANN, { identity: KEY }));
    await importInto(store, fileOf(contact('ann', { identity: null }), waiting('ann', '1')));
    expect(await statesOf(store, ANN)).toEqual([['queued', null]]);
  });
});

describe('our own key in a file', () => {
  const file = fileOf(
    contact('ann', { identity: OWN, trust: 'verified' }),
    waiting('ann', '1'),
    { type: 'deleted', contactId: 'ann', author: 'me', id: '2' },
    contact('bob', { identity: KEY }),
    received('bob', '3'),
  );

  test('is not imported as a contact: it and its messages are left out, and that is reported', async () => {
    const store = createMemoryStore();
    expect(await importInto(store, file, { own: OWN })).toEqual({
      contacts: 1,
      messages: 1,
      notTaken: ['own'],
    });
    expect((await store.conversations()).map((it) => it.contact.id)).toEqual([BOB]);
  });

  test('is an ordinary contact where we have no key', async () => {
    const store = createMemoryStore();
    expect(await importInto(store, file)).toMatchObject({ contacts: 2, messages: 2 });
  });
});
