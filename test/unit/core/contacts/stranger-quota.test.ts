import { beforeEach, describe, expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { StrangerQuota } from '../../../../src/core/contacts/stranger-quota.ts';
import { Messages } from '../../../../src/core/messages/messages.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import type { Policy } from '../../../../src/shared/model/model.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { identityOf } from '../../../support/peers/test-peer.ts';
import { theirs } from '../../../support/storage/store-samples.ts';

const KIB = 1024;
const LIMITS = {
  waitingMessages: 10,
  waitingBytes: 4 * KIB,
  // 1 KiB of text is counted as 9 KiB and a quarter on disk.
  taken: 112 * KIB,
  network: 176 * KIB,
  all: 300 * KIB,
};

let world: FakeWorld;
let store: Store;
let book: ContactBook;
let messages: Messages;
let quota: StrangerQuota;
let freed: number;
let full: number;

function open(): StrangerQuota {
  const events = new EventLog((error) => {
    throw error;
  });
  book = new ContactBook({ world, store, events });
  messages = new Messages({ store, events, conversations: book.conversations });
  freed = 0;
  full = 0;
  return new StrangerQuota({
    store,
    book,
    events,
    limits: LIMITS,
    networkOf: ({ name }) => name.split(' ')[0] ?? '',
    onRoom: () => {
      freed += 1;
    },
    onFull: () => {
      full += 1;
    },
  });
}

beforeEach(() => {
  world = new FakeWorld();
  store = createMemoryStore();
  quota = open();
});

/** Somebody nobody chose; the first word of the name is their network. */
async function somebody(name: string, policy: Policy = 'accepted', chosen = false) {
  const added = await book.add({
    kind: 'parley',
    name,
    identity: identityOf(name),
    trust: 'first-use',
    addresses: [],
    policy,
    chosen,
  });
  return added.id;
}

let count = 0;
/** Leaves texts of 1 KiB until there is no quota, so many at most; the answer is how many fitted. */
async function leave(id: string, most = 100, size = KIB): Promise<number> {
  for (let n = 0; n < most; n += 1) {
    const body = 'x'.repeat(size);
    const reservation = await quota.reserve(id, [body]);
    if (!reservation) return n;
    count += 1;
    reservation.stored(await messages.add([theirs(id, `${count}`, { body })]));
  }
  return most;
}

describe('the storage quota of contacts that the user did not choose', () => {
  test('is bounded for each contact, message overhead included', async () => {
    const one = await somebody('a one');
    expect(await leave(one)).toBe(12);
    // The user is told; what they put off waits on the other side.
    expect(full).toBe(1);
    expect(await leave(await somebody('b two'), 1_000, 0)).toBe(448);
  });

  test('is bounded for a network, so that others keep a share', async () => {
    await leave(await somebody('a one'));
    expect(await leave(await somebody('a two'))).toBe(7);
    expect(await leave(await somebody('b three'))).toBe(12);
  });

  test('is bounded for all together', async () => {
    const fitted: number[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) fitted.push(await leave(await somebody(name)));
    expect(fitted).toEqual([12, 12, 8, 0, 0]);
  });

  test('is recounted after a failed read', async () => {
    const one = await somebody('a one');
    const { heldMessages } = store;
    const broken = Promise.reject(new Error('disk I/O error'));
    Object.assign(store, { heldMessages: () => broken });
    await expect(quota.reserve(one, ['hello'])).rejects.toThrow('disk I/O error');
    Object.assign(store, { heldMessages });
    expect(await leave(one)).toBe(12);
  });

  test('does not apply to contacts that the user chose', async () => {
    expect(await leave(await somebody('a friend', 'accepted', true))).toBe(100);
  });

  test('is smaller for a request that is not accepted yet', async () => {
    expect(await leave(await somebody('a', 'request'))).toBe(4);
    expect(await leave(await somebody('b', 'request'), 100, 1)).toBe(10);
    expect(full).toBe(0);
  });

  test('is reserved while messages are being stored, so that concurrent calls cannot exceed it', async () => {
    const one = await somebody('a one');
    const asked = await Promise.all(
      Array.from({ length: 50 }, () => quota.reserve(one, ['x'.repeat(KIB)])),
    );
    const reservation = asked.filter((it) => it !== null);
    expect(reservation).toHaveLength(12);
    // None of them was stored: the disk failed, or they were there already.
    for (const it of reservation) it.stored([]);
    expect(await leave(one)).toBe(12);
  });

  test('counts what the disk holds, also after a restart', async () => {
    await leave(await somebody('a one'));
    await leave(await somebody('b two'));
    await leave(await somebody('c three'));
    quota = open();
    await book.conversations.load();
    expect(await leave(await somebody('d four'))).toBe(0);
  });

  test.each([
    ['accepted', (id: string) => book.update(id, { chosen: true })],
    ['blocked', (id: string) => book.update(id, { policy: 'blocked' })],
    ['removed', (id: string) => book.remove(id)],
    ['emptied', (id: string) => messages.clear(id)],
  ])('is freed, and waiters are notified, when a contact is %s', async (_, act) => {
    const first = await somebody('a');
    for (const id of [first, await somebody('b'), await somebody('c')]) await leave(id);
    const last = await somebody('d');
    expect(await leave(last)).toBe(0);
    const before = freed;
    await act(first);
    expect(freed).toBeGreaterThan(before);
    expect(await leave(last)).toBe(12);
  });

  test('is freed when one message is deleted', async () => {
    const one = await somebody('a');
    await leave(one);
    await messages.remove({ contactId: one, author: 'them', id: `${count}` });
    expect(await leave(one)).toBe(1);
  });
});
