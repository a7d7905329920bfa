import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../src/core/storage/memory/memory-store.ts';
import type { StoreRecord } from '../../../../src/core/storage/record.ts';
import { openSqliteStore } from '../../../../src/core/storage/sqlite/store.ts';
import type { NewMessage, Store } from '../../../../src/core/storage/store.ts';
import type { MessageKey } from '../../../../src/shared/model/model.ts';
import { MAX_TIME } from '../../../../src/shared/model/time.ts';
import { problemOf } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { sampleContact } from '../../../support/storage/store-samples.ts';
import { everything } from '../../../support/storage/transfer-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-model-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** The same call on both stores, and what each answered (a problem by its code). */
type Call = (store: Store) => Promise<unknown>;
interface Both {
  sqlite: Store;
  path: string;
  readonly world: FakeWorld;
}
const nextPath = () => {
  files += 1;
  return join(folder, `${files}.db`);
};
const outcome = (answer: Promise<unknown>) =>
  answer.catch((error: unknown) => ({ refused: problemOf(error).code }));

class SameAnswer implements fc.AsyncCommand<Store, Both> {
  readonly #name: string;
  readonly #calls: readonly Call[];

  constructor(name: string, calls: readonly Call[]) {
    this.#name = name;
    this.#calls = calls;
  }

  check(): boolean {
    return true;
  }

  /** All calls are made before the first is awaited: they share a transaction. */
  async run(model: Store, real: Both): Promise<void> {
    const expected = this.#calls.map((call) => outcome(call(model)));
    const actual = this.#calls.map((call) => outcome(call(real.sqlite)));
    expect(await Promise.all(actual)).toEqual(await Promise.all(expected));
  }

  toString(): string {
    return this.#name;
  }
}

class Reopen implements fc.AsyncCommand<Store, Both> {
  check(): boolean {
    return true;
  }
  async run(_model: Store, real: Both): Promise<void> {
    await real.sqlite.close();
    real.sqlite = await openSqliteStore(real);
  }
  toString(): string {
    return 'reopen';
  }
}

/** Goes on with what the disk holds at this moment. */
class Kill implements fc.AsyncCommand<Store, Both> {
  check(): boolean {
    return true;
  }
  async run(_model: Store, real: Both): Promise<void> {
    const path = nextPath();
    for (const end of ['', '-wal']) copyFileSync(`${real.path}${end}`, `${path}${end}`);
    await real.sqlite.close();
    real.path = path;
    real.sqlite = await openSqliteStore(real);
  }
  toString(): string {
    return 'kill';
  }
}

/** Long enough for what is put off. */
class Rest implements fc.AsyncCommand<Store, Both> {
  check(): boolean {
    return true;
  }
  async run(_model: Store, { world }: Both): Promise<void> {
    await world.advance(10_000);
  }
  toString(): string {
    return 'rest';
  }
}

const contactId = fc.constantFrom('ann', 'bob', 'eve');
const messageId = fc.constantFrom('1', '2', '3', '4', '5', '6');
const seq = fc.integer({ min: 0, max: 20 });
const limit = fc.integer({ min: 1, max: 4 });
const before = fc.option(seq);
const word = fc.constantFrom('tea', 'team', 'milk', 'sugar');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const deliveryEvent = fc.constantFrom(
  'attempted',
  'acknowledged',
  'read',
  'answer-lost',
  'rejected',
  'send-again',
);
const delivery = fc.constantFrom('queued', 'sending', 'delivered', 'read', 'failed');
const message: fc.Arbitrary<NewMessage> = fc
  .record({
    id: messageId,
    contactId: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('ann', 'bob') },
      { weight: 1, arbitrary: contactId },
    ),
    mine: fc.boolean(),
    state: delivery,
    body: text,
    sentAt: fc.integer({ min: 0, max: MAX_TIME }),
  })
  .map(({ mine, state, ...rest }) => ({
    ...rest,
    author: mine ? ('me' as const) : ('them' as const),
    state: mine ? state : ('received' as const),
    problem: null,
    replyTo: null,
  }));
const record: fc.Arbitrary<StoreRecord> = fc.oneof(
  fc.record({ type: fc.constant('message' as const), message, unread: fc.boolean() }),
  contactId.map((id) => ({ type: 'contact' as const, contact: sampleContact(id) })),
  fc.record({
    type: fc.constant('deleted' as const),
    contactId: fc.constantFrom('ann', 'bob'),
    author: fc.constantFrom('me' as const, 'them' as const),
    id: messageId,
  }),
  fc.record({ type: fc.constant('counters' as const), received: fc.nat(9) }),
);

const key = fc.record({
  contactId,
  author: fc.constantFrom('me' as const, 'them' as const),
  id: messageId,
});
const keyText = (it: MessageKey) => JSON.stringify(it);

const named = (name: string, it: Call) => [name, it] as const;

const call: fc.Arbitrary<readonly [string, Call]> = fc.oneof(
  fc.tuple(contactId, word).map(([id, name]) => {
    return named(`save ${id}`, (store) => store.saveContact(sampleContact(id, { name })));
  }),
  contactId.map((id) => named(`remove ${id}`, (store) => store.removeContact(id))),
  fc.tuple(contactId, contactId).map(([from, into]) => {
    return named(`merge ${from} into ${into}`, (store) =>
      store.mergeContact(from, sampleContact(into)),
    );
  }),
  ...Array.from({ length: 5 }, () =>
    fc.array(message, { maxLength: 5 }).map((messages) => {
      return named(`add ${JSON.stringify(messages)}`, (store) => store.addMessages(messages));
    }),
  ),
  fc
    .array(
      fc.record({ contactId, id: messageId, event: deliveryEvent, problem: fc.constant(null) }),
      {
        maxLength: 3,
      },
    )
    .map((changes) => {
      return named(`deliver ${JSON.stringify(changes)}`, (store) => store.setDelivery(changes));
    }),
  key.map((it) => named(`delete ${keyText(it)}`, (store) => store.deleteMessage(it))),
  fc
    .tuple(contactId, fc.array(messageId))
    .map(([id, ids]) => named(`ids of ours ${id}`, (store) => store.idsOfOurs(id, ids))),
  fc.tuple(contactId, seq, limit).map(([id, upTo, count]) => {
    return named(`delete ${count} of ${id} to ${upTo}`, (store) =>
      store.deleteMessages(id, upTo, count),
    );
  }),
  key.map((it) => named(`find ${keyText(it)}`, (store) => store.message(it))),
  fc.tuple(contactId, seq).map(([id, upTo]) => {
    return named(`read ${id} to ${upTo}`, (store) => store.markRead(id, upTo));
  }),
  fc.tuple(contactId, before, limit).map(([id, cursor, count]) => {
    return named(`page ${id} ${cursor} ${count}`, (store) => store.page(id, cursor, count));
  }),
  fc.tuple(contactId, seq, limit).map(([id, cursor, count]) => {
    return named(`page ${id} after ${cursor} ${count}`, (store) =>
      store.pageAfter(id, cursor, count),
    );
  }),
  fc.tuple(contactId, limit, fc.option(seq, { nil: undefined })).map(([id, count, cursor]) => {
    return named(`pending ${id} ${count} after ${cursor}`, (store) =>
      store.pending(id, count, cursor),
    );
  }),
  fc.tuple(contactId, messageId, fc.option(messageId), limit).map(([id, upTo, after, count]) => {
    return named(`receipt of ${id} up to ${upTo} after ${after} ${count}`, (store) =>
      store.coveredByReceipt(id, upTo, after, count),
    );
  }),
  contactId.map((id) => named(`last read of ${id}`, (store) => store.lastRead(id))),
  contactId.map((id) => named(`last sent to ${id}`, (store) => store.lastSent(id))),
  fc.constant(named('who waits', (store) => store.contactsWithPending())),
  fc.constant(named('conversations', (store) => store.conversations())),
  contactId.map((id) => named(`conversation ${id}`, (store) => store.conversation(id))),
  fc.constant(named('received', (store) => store.receivedCount())),
  fc.tuple(text, fc.option(contactId), before, limit).map(([query, id, cursor, count]) => {
    const options = { contactId: id, before: cursor, limit: count };
    return named(`search ${query} ${JSON.stringify(options)}`, (store) =>
      store.search(query, options),
    );
  }),
  fc.array(record, { maxLength: 4 }).map((records) => {
    return named(`import ${JSON.stringify(records)}`, (store) => store.importRecords(records));
  }),
);

const command = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.array(call, { minLength: 1, maxLength: 4 }).map((calls) => {
      const name = calls.map(([it]) => it).join(' + ');
      return new SameAnswer(
        name,
        calls.map(([, it]) => it),
      );
    }),
  },
  { weight: 1, arbitrary: fc.constant(new Reopen()) },
  { weight: 1, arbitrary: fc.constant(new Kill()) },
  { weight: 5, arbitrary: fc.constant(new Rest()) },
);

/** The order of deletions is nobody's business; all others come in theirs. */
function comparable(records: readonly StoreRecord[]) {
  const deleted = records.flatMap((it) =>
    it.type === 'deleted' ? [`${it.contactId} ${it.author} ${it.id}`] : [],
  );
  return { deleted: deleted.sort(), rest: records.filter((it) => it.type !== 'deleted') };
}

describe('after any sequence of operations', () => {
  test('the SQLite store answers like the memory store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([command], { maxCommands: 60 }), async (commands) => {
        const model = createMemoryStore();
        const file = { path: nextPath(), world: new FakeWorld() };
        const real: Both = { ...file, sqlite: await openSqliteStore(file) };
        try {
          for (const id of ['ann', 'bob']) {
            await model.saveContact(sampleContact(id));
            await real.sqlite.saveContact(sampleContact(id));
          }
          await fc.asyncModelRun(() => ({ model, real }), commands);
          expect(await real.sqlite.conversations()).toEqual(await model.conversations());
          const records = comparable(await everything(real.sqlite));
          expect(records).toEqual(comparable(await everything(model)));
        } finally {
          await real.sqlite.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
