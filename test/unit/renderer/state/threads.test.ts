import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyToThread,
  covers,
  joinPages,
  MAX_SHOWN,
  shows,
  type Thread,
  threadAround,
  threadOfPage,
  trimmed,
  withNewerPage,
  withOlderPage,
} from '../../../../src/renderer/state/threads.ts';
import type { Message } from '../../../../src/shared/model/model.ts';

function message(seq: number, about: Partial<Message> = {}): Message {
  return {
    id: `id-${seq}`,
    contactId: 'ann',
    author: 'me',
    body: `body ${seq}`,
    sentAt: seq,
    seq,
    state: 'queued',
    problem: null,
    replyTo: null,
    ...about,
  };
}

const added = (it: Message) => ({ type: 'message-added', message: it }) as const;
const changed = (it: Message) => ({ type: 'message-changed', message: it }) as const;
const page = (more: boolean, ...seqs: number[]) => ({
  messages: seqs.map((it) => message(it)),
  more,
});

test('a message that is told of twice is shown once', () => {
  const thread = threadOfPage(page(false, 1, 2), [
    added(message(2)),
    added(message(3)),
    added(message(3)),
  ]);
  expect(thread.messages.map((it) => it.seq)).toEqual([1, 2, 3]);
});

test('a delivery that overtook its page is not undone by the page', () => {
  const thread = threadOfPage(page(false, 1), [changed(message(1, { state: 'delivered' }))]);
  expect(thread.messages[0]?.state).toBe('delivered');
});

test('a message of theirs with the id of one of ours stays apart from it', () => {
  const start = threadOfPage(page(false, 1), []);
  const both = applyToThread(
    start,
    added(message(2, { id: 'id-1', author: 'them', state: 'received' })),
  );
  expect(both.messages).toHaveLength(2);
  const left = applyToThread(both, {
    type: 'message-removed',
    contactId: 'ann',
    author: 'them',
    messageId: 'id-1',
  });
  expect(left.messages.map((it) => it.author)).toEqual(['me']);
});

test('a change of a message that is not loaded is left to its page', () => {
  const start = threadOfPage(page(true, 10, 11), []);
  expect(applyToThread(start, changed(message(4))).messages.map((it) => it.seq)).toEqual([10, 11]);
});

test('a message that is sent again moves to its new place', () => {
  const start = threadOfPage(page(false, 1, 2), []);
  const moved = applyToThread(start, changed(message(3, { id: 'id-1' })));
  expect(moved.messages.map((it) => it.id)).toEqual(['id-2', 'id-1']);
});

test('an older page that does not join on leaves no hole', () => {
  const thread = threadOfPage(page(true, 50, 51), []);
  expect(withOlderPage(thread, 20, page(true, 18, 19), [])).toBe(thread);
  expect(withOlderPage(thread, 50, page(false, 48, 49), [])).toMatchObject({ from: 0 });
});

test('pages read one after another, newest first, make one', () => {
  const joined = joinPages([page(true, 5, 6), page(false, 3, 4)]);
  expect(joined.messages.map((it) => it.seq)).toEqual([3, 4, 5, 6]);
  expect(joined.more).toBe(false);
});

/** The pages of a conversation that holds the messages 1 to `count`, as the core answers. */
function core(count: number) {
  const all = Array.from({ length: count }, (_, index) => message(index + 1));
  return {
    all,
    before: (seq: number, limit: number) => {
      const older = all.filter((it) => it.seq < seq);
      return { messages: older.slice(-limit), more: older.length > limit };
    },
    after: (seq: number, limit: number) => {
      const newer = all.filter((it) => it.seq > seq);
      return { messages: newer.slice(0, limit), more: newer.length > limit };
    },
  };
}

const seqs = (thread: Thread) => thread.messages.map((it) => it.seq);

test('however one moves through a long conversation, what is loaded is bounded and has no hole', () => {
  const move = fc.constantFrom('older', 'newer', 'jump', 'trim');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.array(fc.tuple(move, fc.nat(3_000)), { maxLength: 40 }),
      (count, moves) => {
        const { all, before, after } = core(count);
        let thread = threadOfPage(before(count + 1, 80), []);
        for (const [kind, number] of moves) {
          const seq = 1 + (number % count);
          if (kind === 'older' && thread.from > 0) {
            thread = withOlderPage(thread, thread.from, before(thread.from, 80), []);
          } else if (kind === 'newer' && thread.to !== null) {
            thread = withNewerPage(thread, thread.to, after(thread.to - 1, 80), []);
          } else if (kind === 'jump') {
            thread = threadAround(before(seq + 1, 80), after(seq, 80), []);
            expect(shows(thread, seq)).toBe(true);
          }
          const middle = thread.messages[number % thread.messages.length]?.seq ?? 0;
          const next = trimmed(thread, middle);
          expect(next.messages.length).toBeLessThanOrEqual(MAX_SHOWN);
          // Whoever reads in the middle of it keeps what is around them.
          if (thread.messages.length <= MAX_SHOWN + 80) expect(seqs(next)).toContain(middle);
          thread = next;
          expect(seqs(thread)).toEqual(
            all.filter((it) => covers(thread, it.seq)).map((it) => it.seq),
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('what arrives while one reads far back is left to its page', () => {
  const thread: Thread = { messages: [message(5), message(6)], from: 5, to: 7 };
  expect(applyToThread(thread, added(message(9)))).toBe(thread);
  expect(applyToThread(thread, changed(message(6, { state: 'read' }))).messages[1]?.state).toBe(
    'read',
  );
});

test('a message of the loaded part that is sent again leaves it for the end', () => {
  const thread: Thread = { messages: [message(5), message(6)], from: 5, to: 7 };
  expect(seqs(applyToThread(thread, changed(message(9, { id: 'id-5' }))))).toEqual([6]);
});

test('a conversation that nobody looks at does not fill the memory', () => {
  let thread = threadOfPage(page(false), []);
  for (let seq = 1; seq <= 3_000; seq += 1) thread = applyToThread(thread, added(message(seq)));
  expect(thread.messages.length).toBe(2_000);
  expect(thread.to).toBe(2_001);
});

test('a newer page that does not join on leaves no hole', () => {
  const thread: Thread = { messages: [message(5)], from: 5, to: 6 };
  expect(withNewerPage(thread, 9, page(false, 9), [])).toBe(thread);
  expect(withNewerPage(thread, 6, page(false, 7), [])).toMatchObject({ to: null });
});
