import { expect, test } from 'vitest';
import {
  applyToThread,
  joinPages,
  threadOfPage,
  withOlderPage,
} from '../../../../src/renderer/state/threads.ts';
import type { Message } from '../../../../src/shared/model.ts';

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
    messageId: 'id-1',
  });
  expect(left.messages.map((it) => it.author)).toEqual(['them']);
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
