import { beforeEach, describe, expect, test, vi } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { Messages } from '../../../../src/core/messages/messages.ts';
import { Signals } from '../../../../src/core/messages/receipts-and-typing.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { NewMessage, Store } from '../../../../src/core/storage/store.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { ours, sampleContact, theirs } from '../../../support/storage/store-samples.ts';

let store: Store;
let book: ContactBook;
let signals: Signals;

beforeEach(async () => {
  const world = new FakeWorld();
  const onUnexpected = (error: unknown) => expect.fail(String(error));
  store = { ...createMemoryStore() };
  await store.saveContact(sampleContact('ann'));
  const events = new EventLog(onUnexpected);
  book = new ContactBook({ world, store, events });
  await book.conversations.load();
  const messages = new Messages({ store, events, conversations: book.conversations });
  const settings = () => ({ receipts: true, typing: true });
  signals = new Signals({ world, book, messages, store, events, settings, onUnexpected });
});

const sent = (count: number, state: NewMessage['state'] = 'delivered') =>
  store.addMessages(Array.from({ length: count }, (_, n) => ours('ann', `${n}`, { state })));
const states = async () =>
  (await store.page('ann', null, 1_000)).messages.map(({ state }) => state);

describe('incoming receipts of one contact', () => {
  test('are applied one at a time, and of pending ones only the latest', async () => {
    await sent(64);
    const asked = vi.spyOn(store, 'coveredByReceipt');
    const bodies = [
      vi.spyOn(store, 'page'),
      vi.spyOn(store, 'pageAfter'),
      vi.spyOn(store, 'message'),
    ];
    await Promise.all(Array.from({ length: 64 }, (_, n) => signals.read('ann', `${n}`)));
    expect(asked.mock.calls.map(([, upTo]) => upTo)).toEqual(['0', '63']);
    for (const spy of bodies) expect(spy).not.toHaveBeenCalled();
    expect(new Set(await states())).toEqual(new Set(['read']));
  });

  test('change nothing when they are repeated, or name no message of ours', async () => {
    await sent(3);
    await store.addMessages([theirs('ann', 'theirs')]);
    await signals.read('ann', '2');
    const written = vi.spyOn(store, 'setDelivery');
    for (const id of ['2', '0', 'theirs', 'nowhere']) await signals.read('ann', id);
    expect(written).not.toHaveBeenCalled();
  });

  test('resume after a failed write where it stopped them', async () => {
    await sent(250);
    const { setDelivery } = store;
    const write = vi.spyOn(store, 'setDelivery');
    write.mockImplementationOnce(setDelivery).mockRejectedValueOnce(new Error('disk'));
    const [first, second] = [signals.read('ann', '249'), signals.read('ann', '249')];
    await expect(first).rejects.toThrow('disk');
    await second;
    expect(new Set(await states())).toEqual(new Set(['read']));
  });

  test('do not prevent a resent message from being sent', async () => {
    await store.addMessages([
      ours('ann', 'again', { state: 'failed' }),
      ours('ann', 'newer', { state: 'delivered' }),
    ]);
    await store.setDelivery([
      { contactId: 'ann', id: 'again', event: 'send-again', problem: null },
    ]);
    await signals.read('ann', 'newer');
    expect(await states()).toEqual(['queued', 'read']);
  });

  test('do not cover messages that were sent to an earlier key', async () => {
    await sent(4);
    await book.update('ann', { earlierKeyUpTo: '1' });
    await signals.read('ann', '0');
    await signals.read('ann', '2');
    expect(await states()).toEqual(['delivered', 'delivered', 'read', 'delivered']);
  });
});
