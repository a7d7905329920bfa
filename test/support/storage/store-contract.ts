import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryChange, Store } from '../../../src/core/storage/store.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/settings.ts';
import { MAX_TIME } from '../../../src/shared/model/time.ts';
import { problem } from '../../../src/shared/problems/problem.ts';
import { ourKey, ours, sampleContact, theirKey, theirs } from './store-samples.ts';

/** Every promise of the `Store` comments; each kind of store has to keep them. */
export function storeContract(name: string, make: () => Promise<Store>): void {
  describe(`${name} keeps the contract of a store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
      await store.saveContact(sampleContact('ann'));
      await store.saveContact(sampleContact('bob'));
    });
    afterEach(() => store.close());

    const ids = async (contact: string) =>
      (await store.page(contact, null, 100)).messages.map((message) => message.id);

    test('settings are null until saved, then as last saved', async () => {
      expect(await store.settings()).toBeNull();
      await store.saveSettings({ name: 'A', port: 1, ...DEFAULT_SETTINGS });
      await store.saveSettings({ name: 'B', port: 2, ...DEFAULT_SETTINGS });
      expect(await store.settings()).toEqual({ name: 'B', port: 2, ...DEFAULT_SETTINGS });
    });

    test('a contact saved again is replaced and keeps its messages and its position', async () => {
      await store.addMessages([theirs('ann', '1')]);
      const renamed = sampleContact('ann', {
        name: 'Ann',
        identity: 'ff'.repeat(32),
        addresses: [],
        draft: { body: 'half a thought', replyTo: null },
      });
      await store.saveContact(renamed);
      expect((await store.conversations()).map((it) => it.contact.id)).toEqual(['ann', 'bob']);
      const conversation = await store.conversation('ann');
      expect(conversation?.contact).toEqual(renamed);
      expect(conversation?.unread).toBe(1);
    });

    test('the storage of a contact counts its messages and their UTF-8 bytes, without ours', async () => {
      await store.addMessages([
        theirs('ann', '1', { body: 'é💬' }),
        theirs('ann', '2', { body: 'abc\0d' }),
        ours('ann', '3'),
        theirs('bob', '4'),
      ]);
      expect(await store.heldMessages('ann')).toEqual({ messages: 2, bytes: 11 });
      await store.deleteMessage(theirKey('ann', '1'));
      expect(await store.heldMessages('ann')).toEqual({ messages: 1, bytes: 5 });
      expect(await store.heldMessages('eve')).toEqual({ messages: 0, bytes: 0 });
    });

    test('an unknown contact has no conversation, no messages and nothing pending', async () => {
      expect(await store.conversation('eve')).toBeNull();
      expect(await store.page('eve', null, 5)).toEqual({ messages: [], more: false });
      expect(await store.pending('eve', 5)).toEqual([]);
      await store.markRead('eve', 5);
      await store.removeContact('eve');
    });

    test('a conditional removal removes a contact only if it is empty', async () => {
      await store.saveContact(sampleContact('eve'));
      await store.addMessages([ours('bob', '1')]);
      expect(await store.removeContact('bob', 'empty')).toBe(false);
      expect((await store.page('bob', null, 5)).messages).toHaveLength(1);
      expect(await store.removeContact('eve', 'empty')).toBe(true);
      expect(await store.removeContact('eve', 'empty')).toBe(false);
      expect(await store.removeContact('bob')).toBe(true);
      expect((await store.conversations()).map(({ contact }) => contact.id)).not.toContain('bob');
    });

    test('messages get a rising seq over the whole profile and keep every field', async () => {
      const failed = ours('bob', '2', {
        state: 'failed',
        problem: problem('message-too-long', { bytes: 9, limit: 8 }),
        body: 'a\0b "c" 💬\n',
        sentAt: MAX_TIME,
      });
      const added = await store.addMessages([ours('ann', '1'), failed]);
      const [late] = await store.addMessages([theirs('ann', '3')]);
      expect(added.map(({ seq: _, ...message }) => message)).toEqual([ours('ann', '1'), failed]);
      const seqs = [...added, ...(late ? [late] : [])].map((message) => message.seq);
      expect(seqs).toHaveLength(3);
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(new Set(seqs).size).toBe(3);
      expect(await store.message(ourKey('bob', '2'))).toEqual(added[1]);
      expect((await store.page('bob', null, 5)).messages).toEqual([added[1]]);
    });

    test('a message is stored once per contact, author and id', async () => {
      const first = await store.addMessages([theirs('ann', '1'), theirs('ann', '1')]);
      expect(first).toHaveLength(1);
      expect(await store.addMessages([theirs('ann', '1', { body: 'other' })])).toEqual([]);
      const others = await store.addMessages([ours('ann', '1'), theirs('bob', '1')]);
      expect(others).toHaveLength(2);
      expect((await store.page('ann', null, 5)).messages[0]?.body).toBe('body of 1');
      expect(await store.receivedCount()).toBe(2);
    });

    test('messages of an unknown contact are refused, with all that came in the same call', async () => {
      const adding = store.addMessages([ours('ann', '1'), ours('eve', '2')]);
      await expect(adding).rejects.toMatchObject({ problem: { code: 'unknown-contact' } });
      expect(await ids('ann')).toEqual([]);
    });

    test('pages are ascending, end before the cursor, and tell whether older ones exist', async () => {
      for (let n = 1; n <= 5; n += 1) {
        await store.addMessages([ours('ann', `a${n}`), ours('bob', `b${n}`)]);
      }
      const newest = await store.page('ann', null, 2);
      expect(newest.messages.map((it) => it.id)).toEqual(['a4', 'a5']);
      expect(newest.more).toBe(true);
      const older = await store.page('ann', newest.messages[0]?.seq ?? 0, 3);
      expect(older.messages.map((it) => it.id)).toEqual(['a1', 'a2', 'a3']);
      expect(older.more).toBe(false);
    });

    test('pages after a cursor begin right after it, and tell whether newer ones exist', async () => {
      const added: number[] = [];
      for (let n = 1; n <= 5; n += 1) {
        const stored = await store.addMessages([ours('ann', `a${n}`), ours('bob', `b${n}`)]);
        added.push(stored[0]?.seq ?? 0);
      }
      const next = await store.pageAfter('ann', added[1] ?? 0, 2);
      expect(next.messages.map((it) => it.id)).toEqual(['a3', 'a4']);
      expect(next.more).toBe(true);
      const last = await store.pageAfter('ann', added[3] ?? 0, 1);
      expect(last.messages.map((it) => it.id)).toEqual(['a5']);
      expect(last.more).toBe(false);
      expect(await store.pageAfter('ann', added[4] ?? 0, 5)).toEqual({ messages: [], more: false });
    });

    test('unread counts incoming messages until they are read, and only up to the given seq', async () => {
      const added = await store.addMessages([
        theirs('ann', '1'),
        ours('ann', '2'),
        theirs('ann', '3'),
        theirs('bob', '4'),
      ]);
      const unread = async () => (await store.conversations()).map((it) => it.unread);
      expect(await unread()).toEqual([2, 1]);
      await store.markRead('ann', added[1]?.seq ?? 0);
      expect(await unread()).toEqual([1, 1]);
      await store.markRead('ann', Number.MAX_SAFE_INTEGER);
      expect(await unread()).toEqual([0, 1]);
      await store.addMessages([theirs('ann', '5')]);
      expect(await unread()).toEqual([1, 1]);
    });

    test('deleting an unread message lowers the count, deleting a read one does not', async () => {
      const [first] = await store.addMessages([theirs('ann', '1'), theirs('ann', '2')]);
      await store.markRead('ann', first?.seq ?? 0);
      await store.deleteMessage(theirKey('ann', '1'));
      expect((await store.conversation('ann'))?.unread).toBe(1);
      await store.deleteMessage(theirKey('ann', '2'));
      expect((await store.conversation('ann'))?.unread).toBe(0);
    });

    test('the last message follows additions, changes and deletions', async () => {
      const last = async () => (await store.conversation('ann'))?.lastMessage;
      expect(await last()).toBeNull();
      await store.addMessages([ours('ann', '1'), ours('ann', '2')]);
      expect((await last())?.id).toBe('2');
      await store.setDelivery([delivery('2', 'acknowledged')]);
      expect((await last())?.state).toBe('delivered');
      await store.deleteMessage(ourKey('ann', '2'));
      expect((await last())?.id).toBe('1');
    });

    test('pending messages are our own, queued or sending, oldest first', async () => {
      await store.addMessages([
        ours('ann', '1'),
        ours('ann', '2', { state: 'sending' }),
        theirs('ann', '3'),
        ours('ann', '4', { state: 'delivered' }),
        ours('ann', '5'),
        theirs('bob', '6'),
      ]);
      expect((await store.pending('ann', 10)).map((it) => it.id)).toEqual(['1', '2', '5']);
      expect((await store.pending('ann', 2)).map((it) => it.id)).toEqual(['1', '2']);
      expect(await store.contactsWithPending()).toEqual(['ann']);
      await store.setDelivery(['1', '2', '5'].map((id) => delivery(id, 'read')));
      expect(await store.contactsWithPending()).toEqual([]);
    });

    test('pending messages after a cursor begin right after it, also when that one is no longer pending', async () => {
      const added = await store.addMessages([
        ours('ann', '1'),
        theirs('ann', '2'),
        ours('ann', '3'),
        ours('bob', '4'),
        ours('ann', '5'),
      ]);
      const beyond = async (index: number, limit = 10) =>
        (await store.pending('ann', limit, added[index]?.seq)).map((it) => it.id);
      expect((await store.pending('ann', 10, 0)).map((it) => it.id)).toEqual(['1', '3', '5']);
      expect(await beyond(0)).toEqual(['3', '5']);
      expect(await beyond(0, 1)).toEqual(['3']);
      expect(await beyond(1)).toEqual(['3', '5']);
      await store.setDelivery([delivery('3', 'acknowledged')]);
      expect(await beyond(2)).toEqual(['5']);
      expect(await beyond(4)).toEqual([]);
    });

    test('a receipt covers delivered messages up to its own, and that one also while pending', async () => {
      await store.addMessages([
        ours('ann', '1', { state: 'delivered' }),
        ours('ann', '2', { state: 'read' }),
        ours('ann', '3', { state: 'delivered' }),
        theirs('ann', '4'),
        ours('bob', '5', { state: 'delivered' }),
        ours('ann', '6', { state: 'failed' }),
        ours('ann', '7'),
        ours('ann', '8', { state: 'delivered' }),
        ours('ann', '9', { state: 'sending' }),
        ours('ann', '10', { state: 'delivered' }),
      ]);
      const covered = (upTo: string, after: string | null = null, limit = 10) =>
        store.coveredByReceipt('ann', upTo, after, limit);
      expect(await covered('9')).toEqual(['1', '3', '8', '9']);
      expect(await covered('9', null, 2)).toEqual(['1', '3']);
      expect(await covered('9', null, 3)).toEqual(['1', '3', '8']);
      expect(await covered('7')).toEqual(['1', '3', '7']);
      expect(await covered('6')).toEqual(['1', '3']);
      expect(await covered('9', '2')).toEqual(['3', '8', '9']);
      expect(await covered('9', '3')).toEqual(['8', '9']);
      expect(await covered('9', 'nowhere')).toEqual(['1', '3', '8', '9']);
      for (const after of ['9', '10']) expect(await covered('9', after)).toEqual([]);
      for (const upTo of ['4', '5', 'nowhere']) expect(await covered(upTo)).toEqual([]);
      expect(await store.coveredByReceipt('eve', '9', null, 10)).toEqual([]);
    });

    test('the last read message is the newest incoming one before the oldest unread one', async () => {
      const added = await store.addMessages([
        theirs('ann', '1'),
        ours('ann', '2'),
        theirs('ann', '3'),
        theirs('ann', '4'),
        ours('ann', '5'),
        theirs('bob', '6'),
      ]);
      const read = async (index: number) => {
        await store.markRead('ann', added[index]?.seq ?? 0);
        return store.lastRead('ann');
      };
      expect(await store.lastRead('ann')).toBeNull();
      expect(await read(1)).toBe('1');
      expect(await read(2)).toBe('3');
      expect(await read(5)).toBe('4');
      expect(await store.lastRead('bob')).toBeNull();
      expect(await store.lastRead('eve')).toBeNull();
    });

    test('the last sent message is the newest of ours before the oldest pending one', async () => {
      await store.addMessages([
        ours('ann', '1', { state: 'delivered' }),
        ours('ann', '2', { state: 'failed' }),
        theirs('ann', '3'),
        ours('ann', '4'),
        ours('ann', '5', { state: 'delivered' }),
        ours('bob', '6', { state: 'sending' }),
      ]);
      expect(await store.lastSent('ann')).toBe('2');
      await store.setDelivery([delivery('4', 'acknowledged')]);
      expect(await store.lastSent('ann')).toBe('5');
      expect(await store.lastSent('bob')).toBeNull();
      expect(await store.lastSent('eve')).toBeNull();
    });

    test('a delivery change returns the messages as they are now, without unknown ids and incoming ones', async () => {
      const [first, second] = await store.addMessages([
        ours('ann', '1'),
        ours('ann', '2', { state: 'sending' }),
        theirs('ann', '3'),
      ]);
      const why = problem('no-answer');
      const changed = await store.setDelivery([
        delivery('2', 'answer-lost', why),
        delivery('nowhere', 'read'),
        { ...delivery('1', 'read'), contactId: 'bob' },
        delivery('3', 'read'),
        delivery('1', 'attempted'),
        delivery('1', 'acknowledged'),
      ]);
      expect(changed).toEqual([
        { ...second, state: 'unconfirmed', problem: why },
        { ...first, state: 'delivered' },
      ]);
      expect((await store.message(theirKey('ann', '3')))?.state).toBe('received');
    });

    test('a late event does not lower a delivery state', async () => {
      await store.addMessages([ours('ann', '1', { state: 'read' })]);
      const late = ['attempted', 'acknowledged', 'rejected', 'answer-lost', 'send-again'] as const;
      for (const event of late) {
        expect(await store.setDelivery([delivery('1', event)])).toEqual([]);
      }
      expect((await store.message(ourKey('ann', '1')))?.state).toBe('read');
    });

    test('messages with the same id of another conversation or author are distinct', async () => {
      const same = [theirs('ann', '1'), ours('bob', '1'), theirs('eve', '1'), ours('eve', '1')];
      await store.saveContact(sampleContact('eve'));
      await store.addMessages(same);
      const states = () =>
        Promise.all(same.map(async (it) => (await store.message(it))?.state ?? null));
      expect(await states()).toEqual(['received', 'queued', 'received', 'queued']);
      await store.setDelivery([{ ...delivery('1', 'attempted'), contactId: 'bob' }]);
      expect(await states()).toEqual(['received', 'sending', 'received', 'queued']);
      expect((await store.deleteMessage(theirKey('ann', '1')))?.contactId).toBe('ann');
      expect(await states()).toEqual([null, 'sending', 'received', 'queued']);
      expect((await store.deleteMessage(ourKey('eve', '1')))?.author).toBe('me');
      expect(await states()).toEqual([null, 'sending', 'received', null]);
      expect(await store.deleteMessage(ourKey('ann', '1'))).toBeNull();
    });

    test('an incoming message with the id of one of ours in the same conversation is not added', async () => {
      await store.addMessages([ours('ann', '1'), ours('ann', '2'), ours('bob', '3')]);
      await store.deleteMessage(ourKey('ann', '2'));
      const claimed = ['1', '2', '3', '4'];
      const added = await store.addMessages(claimed.map((id) => theirs('ann', id)));
      expect(added.map(({ id }) => id)).toEqual(['3', '4']);
      expect(await store.idsOfOurs('ann', claimed)).toEqual(new Set(['1', '2']));
      expect(await store.idsOfOurs('bob', claimed)).toEqual(new Set(['3']));
      expect(await store.idsOfOurs('nobody', claimed)).toEqual(new Set());
      expect(await store.receivedCount()).toBe(2);
    });

    test('a deleted message is gone and a late duplicate does not bring it back', async () => {
      await store.addMessages([theirs('ann', '1'), theirs('ann', '2')]);
      const key = theirKey('ann', '1');
      expect((await store.deleteMessage(key))?.body).toBe('body of 1');
      expect(await store.deleteMessage(key)).toBeNull();
      expect(await store.message(key)).toBeNull();
      expect(await store.addMessages([theirs('ann', '1')])).toEqual([]);
      expect(await ids('ann')).toEqual(['2']);
    });

    test('removing a contact removes its messages and nothing else', async () => {
      await store.addMessages([ours('ann', '1'), theirs('ann', '2'), ours('bob', '3')]);
      await store.removeContact('ann');
      expect((await store.conversations()).map((it) => it.contact.id)).toEqual(['bob']);
      expect(await store.message(ourKey('ann', '1'))).toBeNull();
      expect(await store.contactsWithPending()).toEqual(['bob']);
      await store.saveContact(sampleContact('ann'));
      expect(await store.conversation('ann')).toMatchObject({ lastMessage: null, unread: 0 });
      expect(await store.addMessages([theirs('ann', '2')])).toHaveLength(1);
    });

    test('the count of received messages survives deletions', async () => {
      await store.addMessages([theirs('ann', '1'), theirs('bob', '2'), ours('bob', '3')]);
      await store.deleteMessage(theirKey('bob', '2'));
      await store.removeContact('ann');
      expect(await store.receivedCount()).toBe(2);
    });

    test('a seq is never reused, even after the newest message was deleted', async () => {
      const [first] = await store.addMessages([ours('ann', '1')]);
      await store.deleteMessage(ourKey('ann', '1'));
      const [second] = await store.addMessages([ours('ann', '2')]);
      expect(second?.seq).toBeGreaterThan(first?.seq ?? Number.POSITIVE_INFINITY);
    });

    test('calls take effect in call order without being awaited', async () => {
      const first = store.addMessages([ours('ann', '1')]);
      const before = store.page('ann', null, 9);
      const second = store.addMessages([ours('ann', '2')]);
      const removed = store.removeContact('ann');
      const after = store.conversation('ann');
      const refused = store.addMessages([ours('ann', '3')]);
      await expect(refused).rejects.toMatchObject({ problem: { code: 'unknown-contact' } });
      await Promise.all([first, second, removed]);
      expect((await before).messages.map((it) => it.id)).toEqual(['1']);
      expect(await after).toBeNull();
    });

    test('calls before closing complete, later ones are refused', async () => {
      const other = await make();
      const writing = other.saveContact(sampleContact('ann'));
      await other.close();
      await writing;
      const stopped = { problem: { code: 'stopped' } };
      await expect(other.settings()).rejects.toMatchObject(stopped);
      await expect(other.saveContact(sampleContact('bob'))).rejects.toMatchObject(stopped);
    });
  });
}

/** A change of a message of ours to Ann. */
function delivery(
  id: string,
  event: DeliveryChange['event'],
  why: DeliveryChange['problem'] = null,
): DeliveryChange {
  return { contactId: 'ann', id, event, problem: why };
}
