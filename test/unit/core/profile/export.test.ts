import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { exportStore } from '../../../../src/core/profile/export.ts';
import { importInto } from '../../../../src/core/profile/import.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { ownId } from '../../../../src/core/storage/own-id.ts';
import { openSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import { DEFAULT_SETTINGS } from '../../../../src/shared/model/settings.ts';
import { displayName } from '../../../../src/shared/model/text.ts';
import { MAX_TIME } from '../../../../src/shared/model/time.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { ours, sampleContact, theirKey, theirs } from '../../../support/storage/store-samples.ts';
import { everything } from '../../../support/storage/transfer-contract.ts';

const [ANN, BOB, OTHER, ONE, TWO, THREE] = ['ann', 'bob', 'other', '1', '2', '3'].map(ownId) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const KEY = 'aa'.repeat(32);

async function chunksOf(store: Store): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of exportStore(store, 0)) chunks.push(chunk);
  return chunks;
}

const textOf = async (store: Store) => (await chunksOf(store)).join('');

const openSqlite = () =>
  openSqliteStore({ path: `${temporaryFolder()}/history.db`, world: systemWorld });

async function filled(store: Store): Promise<Store> {
  await store.saveSettings({ name: 'A', port: 1, ...DEFAULT_SETTINGS });
  await store.saveContact(sampleContact(ANN, { identity: KEY }));
  await store.addMessages([
    theirs(ANN, ONE, { body: 'line\r\nbreak \u2028 "quote" 💬 \0' }),
    ours(ANN, TWO, { state: 'failed', problem: problem('message-empty') }),
    theirs(ANN, THREE),
  ]);
  await store.markRead(ANN, 1);
  await store.deleteMessage(theirKey(ANN, THREE));
  return store;
}

const anyText = fc.string({ unit: 'binary' });
const anyName = anyText.map((text) => displayName(text, DEFAULT_LIMITS) || 'Ann');
const message = fc.record({
  id: fc.uuid(),
  contactId: fc.constantFrom(ANN, BOB),
  body: anyText,
  sentAt: fc.integer({ min: 0, max: MAX_TIME }),
  mine: fc.boolean(),
  deleted: fc.boolean(),
});

describe('an export', () => {
  test('survives a round trip through another store, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message), anyName, fc.nat(40), async (messages, name, read) => {
        const first = createMemoryStore();
        await first.saveSettings({ name, port: 1, ...DEFAULT_SETTINGS });
        await first.saveContact(sampleContact(ANN, { name }));
        await first.saveContact(sampleContact(BOB));
        for (const { mine, deleted, ...rest } of messages) {
          const { contactId, id } = rest;
          await first.addMessages([mine ? ours(contactId, id, rest) : theirs(contactId, id, rest)]);
          if (deleted) await first.deleteMessage({ contactId, author: mine ? 'me' : 'them', id });
        }
        await first.markRead(ANN, read);
        const text = await textOf(first);
        const second = createMemoryStore();
        await importInto(second, text);
        expect(await textOf(second)).toBe(text);
        expect(await importInto(second, [text])).toEqual({ contacts: 0, messages: 0 });
        expect(await textOf(second)).toBe(text);
      }),
    );
  });

  test('of a SQLite store survives a round trip through a new file', async () => {
    const [first, second] = [await filled(await openSqlite()), await openSqlite()];
    await first.addMessages(
      Array.from({ length: 1_200 }, (_, n) => theirs(ANN, ownId(`bulk ${n}`))),
    );
    const text = await textOf(first);
    expect(await importInto(second, exportStore(first, 0))).toEqual({
      contacts: 1,
      messages: 1_202,
    });
    expect(await textOf(second)).toBe(text);
    expect(await everything(second)).toEqual(await everything(first));
    await first.close();
    await second.close();
  });

  test('is produced in chunks, so that a long history is never in memory as a whole', async () => {
    const store = createMemoryStore();
    await store.saveContact(sampleContact(ANN));
    const body = 'x'.repeat(10_000);
    await store.addMessages(Array.from({ length: 100 }, (_, n) => ours(ANN, `${n}`, { body })));
    const chunks = await chunksOf(store);
    expect(chunks.length).toBeGreaterThan(10);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(100_000);
  });
});

describe('an import', () => {
  test('does not depend on chunk boundaries or line ends', async () => {
    const text = await textOf(await filled(createMemoryStore()));
    const pieces = [...`\ufeff${text.replaceAll('\n', '\r\n')}`];
    const store = createMemoryStore();
    await importInto(store, pieces);
    expect(await textOf(store)).toBe(text);
  });

  test('recognises a contact by its identity and joins the conversations', async () => {
    const text = await textOf(await filled(createMemoryStore()));
    const store = createMemoryStore();
    await store.saveContact(sampleContact(OTHER, { identity: KEY, policy: 'blocked' }));
    expect(await importInto(store, [text])).toEqual({ contacts: 0, messages: 2 });
    const conversations = await store.conversations();
    expect(conversations.map((it) => it.contact.id)).toEqual([OTHER]);
    expect(conversations[0]?.contact.policy).toBe('blocked');
    expect(conversations[0]?.lastMessage).toMatchObject({ id: TWO, contactId: OTHER });
  });

  test('matches by key when the id in the file belongs to another contact here', async () => {
    const text = await textOf(await filled(createMemoryStore()));
    const store = createMemoryStore();
    await store.saveContact(sampleContact(ANN, { identity: 'b2'.repeat(32) }));
    await store.saveContact(sampleContact(OTHER, { identity: KEY }));
    expect(await importInto(store, [text])).toEqual({ contacts: 0, messages: 2 });
    expect((await store.page(ANN, null, 9)).messages).toEqual([]);
    expect((await store.page(OTHER, null, 9)).messages).toHaveLength(2);
  });

  test('leaves existing settings of the profile unchanged', async () => {
    const text = await textOf(await filled(createMemoryStore()));
    const store = createMemoryStore();
    await store.saveSettings({ name: 'B', port: 2, ...DEFAULT_SETTINGS });
    await importInto(store, [text]);
    expect(await store.settings()).toEqual({ name: 'B', port: 2, ...DEFAULT_SETTINGS });
  });

  const header = '{"format":"parley-export","version":1}';
  const contact = JSON.stringify({ type: 'contact', contact: sampleContact(ANN) });
  const send = (changes: object) =>
    JSON.stringify({
      type: 'message',
      message: { ...ours(ANN, '1'), ...changes },
      unread: false,
    });

  test.each([
    ['an empty file', '', 1],
    ['another file', 'hello', 1],
    ['another JSON file', '{"version":1}', 1],
    ['a file cut off between lines', `${header}\n${contact}\n`, 2],
    ['a file cut off within a line', `${header}\n${contact.slice(0, 30)}`, 2],
    ['a file with lines taken out', `${header}\n{"type":"end","records":1}\n`, 2],
    ['an unknown record', `${header}\n{"type":"secret"}`, 2],
    ['a message without its contact', `${header}\n${send({})}`, 2],
    ['a field of the wrong kind', `${header}\n${contact}\n${send({ sentAt: 'now' })}`, 3],
    ['an impossible state', `${header}\n${contact}\n${send({ state: 'received' })}`, 3],
    ['a lone surrogate', `${header}\n${contact}\n${send({ body: '\ud800' })}`, 3],
  ])('%s is refused with its line', async (_, text, line) => {
    const importing = importInto(createMemoryStore(), [text]);
    await expect(importing).rejects.toMatchObject({
      problem: { code: 'import-invalid', params: { line } },
    });
  });

  test('a file of a newer version is refused before anything is imported', async () => {
    const store = createMemoryStore();
    const text = `{"format":"parley-export","version":2}\n${contact}\n`;
    await expect(importInto(store, [text])).rejects.toMatchObject({
      problem: { code: 'import-newer' },
    });
    expect(await store.conversations()).toEqual([]);
  });

  test('a repaired file adds what a damaged one left out', async () => {
    const text = await textOf(await filled(createMemoryStore()));
    const lines = text.split('\n');
    const broken = [...lines.slice(0, 4), '{', ...lines.slice(4)].join('\n');
    const store = createMemoryStore();
    await expect(importInto(store, [broken])).rejects.toThrow();
    expect((await store.conversations()).map((it) => it.contact.id)).toEqual([ANN]);
    await importInto(store, [text]);
    expect(await textOf(store)).toBe(text);
  });
});
