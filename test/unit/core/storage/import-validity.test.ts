import { describe, expect, test } from 'vitest';
import { importInto } from '../../../../src/core/profile/import.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { ownId } from '../../../../src/core/storage/own-id.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import { isUuid } from '../../../../src/shared/model/ids.ts';
import { DEFAULT_SETTINGS } from '../../../../src/shared/model/settings.ts';
import { MAX_TIME } from '../../../../src/shared/model/time.ts';
import { ours, sampleContact, theirs } from '../../../support/storage/store-samples.ts';
import { everything } from '../../../support/storage/transfer-contract.ts';

const header = { format: 'parley-export', version: 1, exportedAt: '2026-11-22T10:00:00.000Z' };
const contact = (changes: object = {}) => ({
  type: 'contact',
  contact: { ...sampleContact('c1'), ...changes },
});
const message = (changes: object = {}) => ({
  type: 'message',
  message: { ...ours('c1', 'm1'), ...changes },
  unread: false,
});
const settings = (changes: object = {}) => ({
  type: 'settings',
  settings: { name: 'Ann', port: 8080, ...DEFAULT_SETTINGS, ...changes },
});

function fileOf(...records: readonly object[]): string[] {
  const lines = [header, ...records, { type: 'end', records: records.length }];
  return [lines.map((line) => JSON.stringify(line)).join('\n')];
}

/** What stands in a file as it is, where JSON could not write it. */
const raw = (text: string, from: string, to: string) => [text.replace(from, to)];

async function imported(...records: readonly object[]): Promise<Store> {
  const store = createMemoryStore();
  await importInto(store, fileOf(...records));
  return store;
}

describe('ids of another program', () => {
  test('are mapped to ours, and references follow', async () => {
    const store = await imported(
      contact(),
      message(),
      { ...message(), message: theirs('c1', 'm2', { replyTo: 'm1' }) },
      { type: 'deleted', contactId: 'c1', author: 'me', id: 'm3' },
    );
    const [conversation] = await store.conversations();
    const id = conversation?.contact.id ?? '';
    const { messages } = await store.page(id, null, 9);
    expect([id, ...messages.map((it) => it.id)].every(isUuid)).toBe(true);
    expect(messages[1]?.replyTo).toBe(messages[0]?.id);
    expect(await store.addMessages([ours(id, ownId('m3'))])).toEqual([]);
  });

  test('are mapped alike each time, so that a second import adds nothing', async () => {
    const file = fileOf(contact(), message(), settings());
    const store = createMemoryStore();
    expect(await importInto(store, file)).toEqual({ contacts: 1, messages: 1 });
    const before = await everything(store);
    expect(await importInto(store, file)).toEqual({ contacts: 0, messages: 0 });
    expect(await everything(store)).toEqual(before);
    // What we export of it is taken for the same as well.
    const again = createMemoryStore();
    await again.importRecords(before);
    expect(await importInto(again, file)).toEqual({ contacts: 0, messages: 0 });
  });

  test('that have our format are kept', () => {
    const id = '0190a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b';
    expect(ownId(id)).toBe(id);
    for (const other of ['', 'c1', id.toUpperCase(), '-'.repeat(36), `${id} `]) {
      expect(isUuid(ownId(other))).toBe(true);
    }
  });
});

describe('a field of a later version', () => {
  const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
  const refusal = { problem: { code: 'import-invalid', params: { line: 2 } } };

  test('is kept up to a sane size', async () => {
    const later = { nested: nested(20), text: 'x'.repeat(10_000) };
    const [kept] = await (await imported(contact({ later }))).conversations();
    expect(kept?.contact).toMatchObject({ later });
  });

  test.each([
    ['a contact with a field nested 50 times', contact({ later: nested(50) })],
    ['a contact with a field of a megabyte', contact({ later: 'x'.repeat(1_000_000) })],
    ['settings with a field nested 50 times', settings({ later: nested(50) })],
    ['settings with a field of a megabyte', settings({ later: 'x'.repeat(1_000_000) })],
    ['a line nested 50 times that is not a record', { type: nested(50) }],
  ])('(%s) is refused with its line', async (_, record) => {
    await expect(imported(record)).rejects.toMatchObject(refusal);
  });

  test('that is nested too deep to be written again is refused with its line', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const [text = ''] = fileOf(contact({ later: 7 }));
    const importing = importInto(createMemoryStore(), raw(text, '"later":7', `"later":${deep}`));
    await expect(importing).rejects.toMatchObject(refusal);
  });
});

describe('an invalid line', () => {
  const key = 'a1'.repeat(32);
  test.each([
    ['a time past all dates', 3, [contact(), message({ sentAt: 9_000_000_000_000_000 })]],
    ['a time just past all dates', 3, [contact(), message({ sentAt: MAX_TIME + 1 })]],
    ['a time before 1970', 3, [contact(), message({ sentAt: -1 })]],
    ['a fractional time', 3, [contact(), message({ sentAt: 0.5 })]],
    ['a time as a string', 3, [contact(), message({ sentAt: '2026-11-22' })]],
    ['a missing time', 3, [contact(), message({ sentAt: null })]],
    ['a contact created past all dates', 2, [contact({ createdAt: 9e15 })]],
    ['a contact created at a fractional time', 2, [contact({ createdAt: 1.5 })]],
    ['an empty id', 2, [contact({ id: '' })]],
    ['an id over the limit', 2, [contact({ id: 'x'.repeat(201) })]],
    ['an id that is a number', 2, [contact({ id: 7 })]],
    ['an empty name', 2, [contact({ name: '' })]],
    ['an invisible name', 2, [contact({ name: '\u200b' })]],
    ['a name on two lines', 2, [contact({ name: 'Ann\nBob' })]],
    ['a name with a bidi override', 2, [contact({ name: 'Ann\u202egnp.exe' })]],
    ['a name with an escape character', 2, [contact({ name: '\x1b[31mAnn' })]],
    ['a name over the limit', 2, [contact({ name: 'x'.repeat(2_000) })]],
    ['a malformed identity', 2, [contact({ identity: 'aa' })]],
    ['an identity in capitals', 2, [contact({ identity: key.toUpperCase() })]],
    ['a malformed address', 2, [contact({ addresses: ['not an address'] })]],
    ['an address with a password', 2, [contact({ addresses: ['http://u:p@host:1'] })]],
    ['an address with another scheme', 2, [contact({ addresses: ['file:///etc/passwd'] })]],
    ['a port out of range', 2, [contact({ addresses: ['10.0.0.1:99999'] })]],
    ['a thousand addresses', 2, [contact({ addresses: Array(1_000).fill('10.0.0.1:80') })]],
    ['an unknown kind', 2, [contact({ kind: 'friend' })]],
    ['settings with a port out of range', 2, [settings({ port: 99_999 })]],
    ['settings with a fractional port', 2, [settings({ port: 80.5 })]],
    ['settings without a name', 2, [settings({ name: '' })]],
    ['settings with an invisible name', 2, [settings({ name: '\u3164' })]],
    ['settings with a name over the limit', 2, [settings({ name: 'x'.repeat(257) })]],
    ['settings with an unknown reach', 2, [settings({ reach: 'everybody' })]],
    ['a body over the limit', 3, [contact(), message({ body: 'x'.repeat(1_000_001) })]],
  ] as const)(
    '(%s) is refused with its number, and nothing of it is kept',
    async (_, line, all) => {
      const store = createMemoryStore();
      await expect(importInto(store, fileOf(...all))).rejects.toMatchObject({
        problem: { code: 'import-invalid', params: { line } },
      });
      expect(await store.conversations()).toHaveLength(line - 2);
      expect(await store.settings()).toBeNull();
    },
  );

  test.each(['NaN', '1e999', '-0.0001', '"now"', '9007199254740993', '[]', '{}'])(
    'is refused where a time is %s',
    async (value) => {
      const [text = ''] = fileOf(contact());
      const importing = importInto(
        createMemoryStore(),
        raw(text, '"createdAt":1000', `"createdAt":${value}`),
      );
      await expect(importing).rejects.toMatchObject({
        problem: { code: 'import-invalid', params: { line: 2 } },
      });
    },
  );

  test('is refused when it does not end, before it fills memory', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield 'x'.repeat(1024 * 1024);
      }
    }
    await expect(importInto(createMemoryStore(), endless())).rejects.toMatchObject({
      problem: { code: 'import-invalid', params: { line: 1 } },
    });
    expect(given).toBeLessThan(20);
  });
});

describe('a field of an earlier version', () => {
  test('is no longer a name with idle joiners, and does not stop the import of a backup', async () => {
    const store = await imported(contact({ name: 'Alice\u200d' }));
    expect((await store.conversations())[0]?.contact.name).toBe('Alice');
  });

  test('in an address is normalised', async () => {
    const store = await imported(contact({ addresses: ['HTTP://Example.COM:80'] }));
    expect((await store.conversations())[0]?.contact.addresses).toEqual(['http://example.com:80']);
  });

  test('of a guest is the address it called from', async () => {
    const store = await imported(contact({ kind: 'guest', addresses: ['::1'] }));
    expect((await store.conversations())[0]?.contact.addresses).toEqual(['::1']);
  });
});

describe('a setting that only the user may change', () => {
  const opened = settings({ reach: 'network', openContract: 'network' });

  test('is not imported into a new profile, and is reported', async () => {
    const store = createMemoryStore();
    const verified = contact({ identity: 'a1'.repeat(32), trust: 'verified' });
    expect(await importInto(store, fileOf(opened, verified))).toEqual({
      contacts: 1,
      messages: 0,
      notTaken: ['reach', 'openContract', 'verified'],
    });
    expect(await store.settings()).toMatchObject({
      name: 'Ann',
      reach: 'this-computer',
      openContract: 'this-computer',
    });
    expect((await store.conversations())[0]?.contact.trust).toBe('first-use');
  });

  test('is not reported where existing settings stay anyway', async () => {
    const store = createMemoryStore();
    await store.saveSettings({ name: 'B', port: 1, ...DEFAULT_SETTINGS });
    expect(await importInto(store, fileOf(opened))).toEqual({ contacts: 0, messages: 0 });
  });

  test('stays as the user has decided for an existing contact', async () => {
    const store = createMemoryStore();
    const identity = 'a1'.repeat(32);
    await store.saveContact(sampleContact(ownId('c1'), { identity, trust: 'verified' }));
    const file = fileOf(contact({ identity, trust: 'first-use' }));
    expect(await importInto(store, file)).toEqual({ contacts: 0, messages: 0 });
    expect((await store.conversations())[0]?.contact.trust).toBe('verified');
  });
});

test('a pending message that is too long to be sent is kept as failed', async () => {
  const store = await imported(contact(), message({ body: 'x'.repeat(70_000) }));
  const [kept] = (await store.page(ownId('c1'), null, 1)).messages;
  expect(kept).toMatchObject({ state: 'failed', problem: { code: 'message-too-long' } });
  expect(kept?.body).toHaveLength(70_000);
});
