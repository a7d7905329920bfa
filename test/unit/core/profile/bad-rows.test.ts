import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';
import { exportStore } from '../../../../src/core/profile/export.ts';
import { importInto } from '../../../../src/core/profile/import.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import { ownId } from '../../../../src/core/storage/own-id.ts';
import { openSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import { isUuid } from '../../../../src/shared/model/ids.ts';
import { usableSettings } from '../../../../src/shared/model/stored-settings.ts';
import { isTime } from '../../../../src/shared/model/time.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { ours, sampleContact, theirKey, theirs } from '../../../support/storage/store-samples.ts';

const [ANN, BOB] = [ownId('ann'), ownId('bob')];
const OPEN = { world: systemWorld };

/** A history with two conversations, changed by `sql` while nobody has it open. */
async function spoilt(sql: string, ...values: readonly (string | number | bigint)[]) {
  const path = join(temporaryFolder(), 'history.db');
  const store = await openSqliteStore({ path, ...OPEN });
  await store.saveSettings({
    name: 'Ann',
    port: 8080,
    reach: 'network',
    openContract: 'this-computer',
    receipts: true,
    typing: true,
  });
  await store.saveContact(sampleContact(ANN));
  await store.saveContact(sampleContact(BOB));
  await store.addMessages([
    ours(ANN, ownId('1'), { body: 'tea' }),
    theirs(ANN, ownId('2'), { body: 'tea too' }),
    theirs(BOB, ownId('3'), { body: 'tea as well' }),
  ]);
  await store.close();
  const database = new DatabaseSync(path);
  // What breaks a rule of the table itself is damage, and told as such when the file is opened.
  database.prepare(sql).run(...values);
  database.close();
  return openSqliteStore({ path, ...OPEN });
}

const contact = (data: string) =>
  [`UPDATE contacts SET data = ? WHERE id = '${ANN}'`, data] as const;
const sound = sampleContact(ANN);

describe('one invalid row', () => {
  test.each([
    ['a time past all dates', ['UPDATE messages SET sent_at = 9000000000000000']],
    ['a time past all numbers', ['UPDATE messages SET sent_at = ?', 9_223_372_036_854_775_807n]],
    ['a time before all dates', ['UPDATE messages SET sent_at = ?', -9_223_372_036_854_775_807n]],
    ['an unknown state', ["UPDATE messages SET state = 'lost'"]],
    ['the state of an incoming message', ["UPDATE messages SET state = 'received'"]],
    ['an unknown problem', [`UPDATE messages SET problem = '{"code":"odd","cause":"c"}'`]],
    ['a problem that is not an object', ["UPDATE messages SET problem = '7'"]],
    ['a reply to an invalid id', ["UPDATE messages SET reply_to = 'm1'"]],
    ['an empty contact', contact('{}')],
    ['a contact that is a list', contact('[]')],
    ['a contact that is null', contact('null')],
    ['a contact created past all dates', contact(JSON.stringify({ ...sound, createdAt: 9e15 }))],
    [
      'a contact whose creation time is a string',
      contact(JSON.stringify({ ...sound, createdAt: 'now' })),
    ],
    ['a contact without a creation time', contact(JSON.stringify({ ...sound, createdAt: null }))],
    ['a contact with another id', contact(JSON.stringify({ ...sound, id: BOB }))],
    ['a contact with an unclean name', contact(JSON.stringify({ ...sound, name: '\u202e\n' }))],
    ['a contact whose name is a number', contact(JSON.stringify({ ...sound, name: 7 }))],
    ['a contact with part of a key', contact(JSON.stringify({ ...sound, identity: 'aa' }))],
    [
      'a contact with invalid addresses',
      contact(JSON.stringify({ ...sound, addresses: ['x y', 7] })),
    ],
    [
      'a contact whose addresses are a string',
      contact(JSON.stringify({ ...sound, addresses: 'a' })),
    ],
    ['a contact of an unknown kind', contact(JSON.stringify({ ...sound, kind: 1, policy: 2 }))],
  ] as const)('(%s) affects no other row, and is shown as far as possible', async (_, sql) => {
    const store = await spoilt(...(sql as unknown as Parameters<typeof spoilt>));
    const conversations = await store.conversations();
    expect(conversations.map((it) => it.contact.id)).toEqual([ANN, BOB]);
    for (const {
      contact: { id, name, createdAt },
    } of conversations) {
      expect(name).not.toBe('');
      expect(isTime(createdAt)).toBe(true);
      const { messages } = await store.page(id, null, 9);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) {
        expect(isTime(message.sentAt)).toBe(true);
        expect((message.author === 'them') === (message.state === 'received')).toBe(true);
        expect(message.replyTo === null || isUuid(message.replyTo)).toBe(true);
      }
    }
    const found = await store.search('tea', { contactId: null, limit: 9, before: null });
    expect(found.hits).toHaveLength(3);
    // And it leaves in an export that can be imported.
    let text = '';
    for await (const chunk of exportStore(store, 0)) text += chunk;
    await store.close();
    const again = createMemoryStore();
    expect(await importInto(again, [text])).toMatchObject({ contacts: 2, messages: 3 });
  });

  test('(a contact without a policy) becomes a request', async () => {
    const store = await spoilt(...contact('{"name":"Ann","identity":7,"trust":"verified"}'));
    const [ann] = await store.conversations();
    expect(ann?.contact).toMatchObject({ policy: 'request', identity: null, trust: 'none' });
    await store.close();
  });
});

describe('a counter out of range', () => {
  const [HIGHEST, LOWEST] = [9_223_372_036_854_775_807n, -9_223_372_036_854_775_807n];
  test.each([
    ['received', 'UPDATE counters SET value = ?', HIGHEST],
    ['received', 'UPDATE counters SET value = ?', LOWEST],
    ['unread', 'UPDATE contacts SET unread = ?', HIGHEST],
    ['unread', 'UPDATE contacts SET unread = ?', LOWEST],
  ])('(%s) prevents neither writing nor reading nor an export', async (_, sql, value) => {
    const store = await spoilt(sql, value);
    expect(await store.addMessages([theirs(ANN, ownId('4'))])).toHaveLength(1);
    expect(await store.receivedCount()).toBeGreaterThan(0);
    const unread = (await store.conversations()).map((it) => it.unread);
    expect(unread.every((it) => Number.isSafeInteger(it) && it >= 0)).toBe(true);
    for await (const chunk of exportStore(store, 0)) expect(chunk).not.toBe('');
    await store.close();
  });
});

describe('invalid settings', () => {
  const defaults = { name: 'Default', port: 8080 };
  test.each([
    ['null', 'null', ['name', 'port']],
    ['a list', '[1]', ['name', 'port']],
    ['a string', '"on"', ['name', 'port']],
    ['empty', '{}', ['name', 'port']],
    ['a port out of range', '{"name":"A","port":99999}', ['port']],
    ['a negative port', '{"name":"A","port":-1}', ['port']],
    ['a fractional port', '{"name":"A","port":80.5}', ['port']],
    ['an infinite port', '{"name":"A","port":1e999}', ['port']],
    ['a port as a string', '{"name":"A","port":"8080"}', ['port']],
    ['an empty name', '{"name":"","port":1}', ['name']],
    ['an invisible name', '{"name":"\\u200b","port":1}', ['name']],
    ['a name over the limit', JSON.stringify({ name: 'x'.repeat(9_999), port: 1 }), ['name']],
    ['an unknown reach', '{"name":"A","port":1,"reach":"all"}', ['reach']],
    [
      'switches that are not booleans',
      '{"name":"A","port":1,"receipts":"no","typing":1}',
      ['receipts', 'typing'],
    ],
  ])('(%s) are replaced one by one, and reported by name', async (_, value, mended) => {
    const store = await spoilt("UPDATE settings SET value = ? WHERE key = 'settings'", value);
    const kept = await store.settings();
    // JSON null is what stands there; it is not the same as nothing being there.
    expect(usableSettings(kept ?? 'null', defaults).mended).toEqual(mended);
    await store.close();
  });

  test('of an earlier version are valid without fields it did not have', () => {
    const { settings, mended } = usableSettings({ name: 'A', port: 0, later: 1 }, defaults);
    expect(mended).toEqual([]);
    expect(settings).toMatchObject({ name: 'A', port: 0, receipts: true, later: 1 });
  });
});

test('a history of the first edition with ids of another program can be used', async () => {
  const path = join(temporaryFolder(), 'history.db');
  const store = await openSqliteStore({ path, ...OPEN });
  await store.saveContact(sampleContact('c1'));
  const upper = ownId('x').toUpperCase();
  await store.addMessages([
    theirs('c1', 'm1'),
    ours('c1', upper, { replyTo: 'm1' }),
    ours('c1', ownId('kept')),
  ]);
  await store.deleteMessage(theirKey('c1', 'm1'));
  await store.close();
  const database = new DatabaseSync(path);
  database.exec('DROP INDEX messages_delivered; DROP INDEX messages_received');
  database.exec('DROP TABLE long_message_words');
  database.exec('PRAGMA user_version = 3');
  database.close();
  const again = await openSqliteStore({ path, ...OPEN });
  const [conversation] = await again.conversations();
  const id = conversation?.contact.id ?? '';
  expect(id).toBe(ownId('c1'));
  const { messages } = await again.page(id, null, 9);
  expect(messages.map((it) => it.id)).toEqual([ownId(upper), ownId('kept')]);
  expect(messages[0]?.replyTo).toBe(ownId('m1'));
  // What was deleted stays deleted under its new id.
  expect(await again.addMessages([theirs(id, ownId('m1'))])).toEqual([]);
  await again.close();
});
