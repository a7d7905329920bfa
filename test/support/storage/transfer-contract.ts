import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoreRecord } from '../../../src/core/storage/record.ts';
import type { Store } from '../../../src/core/storage/store.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/settings.ts';
import { ours, sampleContact, theirKey, theirs } from './store-samples.ts';

/** What a store promises where histories are joined: merging, exporting and importing. */
export function transferContract(name: string, make: () => Promise<Store>): void {
  describe(`${name} joins histories without loss`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
      await store.saveContact(sampleContact('ann'));
      await store.saveContact(sampleContact('bob'));
    });
    afterEach(() => store.close());

    const ids = async (contact: string) =>
      (await store.page(contact, null, 100)).messages.map((message) => message.id);

    test('a merge moves messages in order, duplicates none and keeps unread counts', async () => {
      await store.addMessages([
        theirs('bob', '1'),
        theirs('ann', '2'),
        theirs('bob', '2'),
        theirs('ann', '3'),
        theirs('bob', '4'),
        theirs('bob', '5'),
      ]);
      await store.markRead('bob', 1);
      await store.deleteMessage(theirKey('bob', '4'));
      await store.mergeContact('bob', sampleContact('ann'));
      expect(await ids('ann')).toEqual(['1', '2', '3', '5']);
      const conversations = await store.conversations();
      expect(conversations.map((it) => [it.contact.id, it.unread])).toEqual([['ann', 3]]);
      expect(conversations[0]?.lastMessage).toMatchObject({ id: '5', contactId: 'ann' });
      expect(await store.addMessages([theirs('ann', '1'), theirs('ann', '4')])).toEqual([]);
    });

    test('a merge with itself changes nothing, one with an unknown contact is refused', async () => {
      await store.addMessages([ours('ann', '1')]);
      await store.mergeContact('ann', sampleContact('ann'));
      for (const [from, into] of [
        ['ann', 'eve'],
        ['eve', 'ann'],
      ] as const) {
        await expect(store.mergeContact(from, sampleContact(into))).rejects.toMatchObject({
          problem: { code: 'unknown-contact' },
        });
      }
      expect(await ids('ann')).toEqual(['1']);
    });

    test('records hold everything, and importing them twice adds them once', async () => {
      await store.saveSettings({ name: 'A', port: 1, ...DEFAULT_SETTINGS });
      await store.addMessages([theirs('bob', '1'), ours('ann', '2'), theirs('ann', '3')]);
      await store.markRead('bob', 1);
      await store.deleteMessage(theirKey('ann', '3'));
      const records = await everything(store);
      expect(records).toEqual([
        { type: 'counters', received: 2 },
        { type: 'settings', settings: { name: 'A', port: 1, ...DEFAULT_SETTINGS } },
        { type: 'contact', contact: sampleContact('ann') },
        { type: 'contact', contact: sampleContact('bob') },
        { type: 'message', message: theirs('bob', '1'), unread: false },
        { type: 'message', message: ours('ann', '2'), unread: false },
        { type: 'deleted', contactId: 'ann', author: 'them', id: '3' },
      ]);
      const other = await make();
      expect(await other.importRecords(records)).toEqual({ contacts: 2, messages: 2 });
      expect(await everything(other)).toEqual(records);
      expect(await other.importRecords(records)).toEqual({ contacts: 0, messages: 0 });
      expect(await everything(other)).toEqual(records);
      await other.close();
    });

    test('an import keeps what exists, and restores deleted messages', async () => {
      await store.addMessages([theirs('ann', '1'), theirs('ann', '2')]);
      const records = await everything(store);
      await store.saveContact(sampleContact('ann', { policy: 'blocked' }));
      await store.deleteMessage(theirKey('ann', '1'));
      expect(await store.importRecords(records)).toEqual({ contacts: 0, messages: 1 });
      expect((await store.conversation('ann'))?.contact.policy).toBe('blocked');
      expect(await ids('ann')).toEqual(['2', '1']);
      expect((await everything(store)).filter((it) => it.type === 'deleted')).toEqual([]);
    });

    test('the highest count of received messages that a file can hold is continued, and exported', async () => {
      const received = Number.MAX_SAFE_INTEGER;
      await store.importRecords([{ type: 'counters', received: received - 1 }]);
      await store.addMessages([theirs('ann', '1'), theirs('ann', '2')]);
      expect(await store.addMessages([theirs('bob', '3')])).toHaveLength(1);
      expect(await store.receivedCount()).toBe(received);
      expect((await everything(store))[0]).toEqual({ type: 'counters', received });
    });

    test('an import with a message of an unknown contact adds nothing', async () => {
      const importing = store.importRecords([
        { type: 'message', message: ours('ann', '1'), unread: false },
        { type: 'message', message: ours('eve', '2'), unread: false },
        { type: 'contact', contact: sampleContact('eve') },
      ]);
      await expect(importing).rejects.toMatchObject({ problem: { code: 'unknown-contact' } });
      expect(await ids('ann')).toEqual([]);
      expect(await store.conversation('eve')).toBeNull();
    });
  });
}

/** All records of a store. */
export async function everything(store: Store): Promise<StoreRecord[]> {
  const records: StoreRecord[] = [];
  for await (const record of store.records()) records.push(record);
  return records;
}
