import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import { ContactBook } from '../../../../src/core/contacts/contact-book.ts';
import { QUOTA, StrangerQuota } from '../../../../src/core/contacts/stranger-quota.ts';
import { Messages } from '../../../../src/core/messages/messages.ts';
import { openDatabase } from '../../../../src/core/storage/sqlite/open-database.ts';
import { createSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import { FakeWorld, settle } from '../../../support/basics/fake-world.ts';
import { seeded } from '../../../support/basics/seeded.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { identityOf } from '../../../support/peers/test-peer.ts';
import { costlyText } from '../../../support/storage/costly-text.ts';
import { theirs } from '../../../support/storage/store-samples.ts';

const KIB = 1024;
const TAKEN = 2 * KIB * KIB;
const random = seeded(1);
const words = (bytes: number, letters: number) =>
  Array.from({ length: bytes / (letters + 1) }, () =>
    random()
      .toString(36)
      .slice(2, 2 + letters),
  ).join(' ');

/** A history that a stranger fills with such bodies, as far as the quota goes. */
async function fill(body: () => string) {
  const world = new FakeWorld();
  const path = join(temporaryFolder(), 'history.db');
  const opened = await openDatabase(path, world.now);
  const store = createSqliteStore(opened, { world });
  const events = new EventLog(() => {});
  const book = new ContactBook({ world, store, events });
  const messages = new Messages({ store, events, conversations: book.conversations });
  const quota = new StrangerQuota({
    store,
    book,
    events,
    networkOf: () => 'far',
    onRoom: () => {},
    onFull: () => {},
    limits: { ...QUOTA, taken: TAKEN },
  });
  const { id } = await book.add({
    kind: 'parley',
    name: 'Chatty',
    identity: identityOf('Chatty'),
    trust: 'first-use',
    addresses: [],
    policy: 'accepted',
    chosen: false,
  });
  const empty = statSync(path).size;
  let stored = 0;
  for (let isFull = false; !isFull; ) {
    const bodies = [body()];
    const reservation = await quota.reserve(id, bodies);
    isFull = reservation === null;
    const batch = bodies.map((text) => theirs(id, `${stored}`, { body: text }));
    if (reservation) reservation.stored(await messages.add(batch));
    stored += reservation ? 1 : 0;
    await settle();
  }
  // All of it is indexed, and merged.
  await world.advance(10_000);
  const indexed = opened.database.prepare('SELECT count(*) AS n FROM message_words').get();
  expect(indexed).toEqual({ n: stored });
  await store.close();
  return { disk: statSync(path).size - empty, stored };
}

test.each([
  ['long texts of what takes the most room in the index', () => costlyText(20 * KIB, random)],
  ['short texts of the same', () => costlyText(500, random)],
  ['words of three letters', () => words(20 * KIB, 3)],
  ['words of five letters', () => words(20 * KIB, 5)],
  ['signs that are folded into many letters', () => '\ufdfa'.repeat(7 * KIB)],
  ['one long word', () => 'x'.repeat(20 * KIB)],
])(
  'the quota of a stranger who leaves %s is true on the disk, search index included',
  async (_, body) => {
    const { disk, stored } = await fill(body);
    expect(stored).toBeGreaterThan(5);
    expect(disk).toBeLessThanOrEqual(TAKEN);
  },
);
