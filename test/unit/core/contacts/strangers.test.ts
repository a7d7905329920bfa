import { beforeEach, describe, expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { Strangers } from '../../../../src/core/contacts/strangers.ts';
import { Messages } from '../../../../src/core/messages/messages.ts';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { Store } from '../../../../src/core/storage/store.ts';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import type { Policy } from '../../../../src/shared/model/model.ts';
import { problemOf } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld, settle } from '../../../support/basics/fake-world.ts';
import { identityOf } from '../../../support/peers/test-peer.ts';
import { theirs } from '../../../support/storage/store-samples.ts';

let world: FakeWorld;
let store: Store;
let book: ContactBook;
let messages: Messages;
let strangers: Strangers;

beforeEach(() => {
  world = new FakeWorld();
  store = createMemoryStore();
  const onUnexpected = (error: unknown) => {
    throw error;
  };
  const events = new EventLog(onUnexpected);
  book = new ContactBook({ world, store, events });
  messages = new Messages({ store, events, conversations: book.conversations });
  const forget = (id: string) => book.removeEmpty(id);
  strangers = new Strangers({ world, limits: DEFAULT_LIMITS, book, forget, onUnexpected });
});

let count = 0;
/** Somebody new calls; the answer is their id, or why they were not let in. */
async function comes(host: string, policy: Policy = 'accepted'): Promise<string> {
  count += 1;
  const name = `Stranger ${count}`;
  try {
    const added = await strangers.admit(policy, host, () =>
      book.add({
        kind: 'parley',
        name,
        identity: identityOf(name),
        trust: 'first-use',
        addresses: [],
        policy,
        chosen: false,
      }),
    );
    await settle();
    return added.id;
  } catch (error) {
    return String(problemOf(error).params['what']);
  }
}

const leaves = (contactId: string) =>
  messages.add([theirs(contactId, `message of ${contactId}`)]).then(() => contactId);

/** So many come one after the other, slowly enough. */
async function come(many: number, host: (n: number) => string, policy?: Policy) {
  const answers: string[] = [];
  for (let n = 0; n < many; n += 1) {
    await world.advance(6_000);
    answers.push(await comes(host(n), policy));
  }
  return answers;
}

const ids = () => book.all().map(({ contact }) => contact.id);

describe('strangers that a peer accepts automatically', () => {
  test('are limited in rate, each network by itself', async () => {
    const first: string[] = [];
    for (let n = 0; n < 60; n += 1) first.push(await comes('198.51.100.1'));
    expect(first.filter((it) => it === 'strangers are calling')).toHaveLength(20);
    const other = await comes('198.51.100.2');
    expect(ids()).toContain(other);
    await world.advance(60_000);
    const again = await comes('198.51.100.1');
    expect(ids()).toContain(again);
  });

  test('share one rate within an IPv6 network', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 60; n += 1) answers.push(await comes(`2001:db8::${n.toString(16)}`));
    expect(answers.filter((it) => it === 'strangers are calling')).toHaveLength(20);
  });

  test('are evicted if they left no message, the oldest of the largest network first', async () => {
    const [honest = ''] = await come(1, () => '192.0.2.1');
    const crowd = await come(399, (n) => `198.51.100.${n % 8}`);
    expect(ids()).toHaveLength(400);
    const [late = ''] = await come(1, () => '203.0.113.1');
    expect(ids()).toHaveLength(400);
    expect(ids()).toEqual(expect.arrayContaining([honest, late]));
    expect(ids()).not.toContain(crowd[0]);
  });

  test('of one network get a quarter of the places at most', async () => {
    await come(120, () => '198.51.100.1');
    expect(ids()).toHaveLength(100);
  });

  test('are kept once they left a message, and no other network loses a place to them', async () => {
    const kept = await leaves((await come(1, () => '198.51.100.1'))[0] ?? '');
    await come(150, () => '198.51.100.1');
    expect(ids()).toContain(kept);
    expect((await store.conversations()).map(({ contact }) => contact.id).sort()).toEqual(
      ids().sort(),
    );
  });

  test('are kept while the user has begun to write to them', async () => {
    const [first = ''] = await come(1, () => '198.51.100.1');
    await book.update(first, { draft: { body: 'who are you?', replyTo: null } });
    await come(150, () => '198.51.100.1');
    expect(ids()).toContain(first);
    await book.removeEmpty(first);
    expect(ids()).toContain(first);
    await book.update(first, { draft: undefined });
    await book.removeEmpty(first);
    expect(ids()).not.toContain(first);
  });

  test('may take all places when all connect through a local tunnel', async () => {
    await come(150, () => '127.0.0.1');
    expect(ids()).toHaveLength(150);
  });
});

describe('requests', () => {
  test('from one network leave three quarters of the places to others', async () => {
    const answers = await come(40, () => '198.51.100.1', 'request');
    expect(ids()).toHaveLength(25);
    for (const id of answers.slice(-25)) await leaves(id);
    expect(await come(1, () => '198.51.100.1', 'request')).toEqual(['requests are waiting']);
    const other = await come(1, () => '198.51.100.2', 'request');
    expect(ids()).toEqual(expect.arrayContaining(other));
  });

  test('take no place of accepted or blocked contacts', async () => {
    const [first = '', second = ''] = await come(2, () => '198.51.100.1', 'request');
    await book.update(first, { policy: 'accepted', chosen: true });
    await book.update(second, { policy: 'blocked' });
    await come(60, () => '198.51.100.1', 'request');
    expect(ids()).toHaveLength(27);
    expect(ids()).toEqual(expect.arrayContaining([first, second]));
  });

  test('are not removed as empty while their message is being stored', async () => {
    const [id = ''] = await come(1, () => '198.51.100.1', 'request');
    const arriving = messages.add([theirs(id, 'in time')]);
    await book.removeEmpty(id);
    await arriving;
    expect(book.find(id)?.lastMessage?.id).toBe('in time');
  });
});
