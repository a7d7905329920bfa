import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayKey } from '../../../../src/renderer/i18n/days.ts';
import type { Thread } from '../../../../src/renderer/state/threads.ts';
import {
  firstUnread,
  type Row,
  rowAt,
  rowsOf,
  seqAt,
  shiftOf,
} from '../../../../src/renderer/state/timeline.ts';
import type { Message } from '../../../../src/shared/model/model.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

function message(seq: number, sentAt: number, author: Message['author'] = 'me'): Message {
  return {
    id: `${seq}`,
    contactId: 'a',
    author,
    body: '',
    sentAt,
    seq,
    state: author === 'me' ? 'read' : 'received',
    problem: null,
    replyTo: null,
  };
}

const messages = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 20 * 24 * HOUR }), mine: fc.boolean() }))
  .map((all) => all.map((it, index) => message(index + 1, it.at, it.mine ? 'me' : 'them')));

const whole = (all: readonly Message[]): Thread => ({ messages: all, from: 0, to: null });
const rows = (thread: Thread, unreadFrom: number | null = null) =>
  rowsOf(thread, unreadFrom, 'UTC');
const messagesOf = (all: readonly Row[]) =>
  all.flatMap((it) => (it.kind === 'message' ? [it] : []));

test('every message has its row, in order, below its day, in blocks of one author', () => {
  fc.assert(
    fc.property(messages, fc.option(fc.nat(30)), (all, unreadFrom) => {
      const made = rows(whole(all), unreadFrom);
      expect(messagesOf(made).map((it) => it.message)).toEqual(all);
      expect(new Set(made.map((it) => it.key)).size).toBe(made.length);
      let day = '';
      for (const [index, row] of made.entries()) {
        if (row.kind === 'day') day = dayKey(row.at, 'UTC');
        if (row.kind !== 'message') continue;
        expect(dayKey(row.message.sentAt, 'UTC')).toBe(day);
        const before = made[index - 1];
        expect(row.opens).toBe(before?.kind !== 'message' || before.closes);
        if (!row.opens && before?.kind === 'message') {
          expect(before.message.author).toBe(row.message.author);
        }
        if (row.closes) expect(row.meta).toBe(true);
      }
      const line = made.findIndex((it) => it.kind === 'unread');
      if (line >= 0) expect(seqAt(made, line)).toBe(unreadFrom);
    }),
  );
});

test('no row changes when older ones come, so nothing that is being read can move', () => {
  fc.assert(
    fc.property(messages, fc.nat(), fc.nat(), (all, one, other) => {
      const cut = (at: number): Thread => {
        const kept = all.slice(at);
        return { messages: kept, from: at === 0 ? 0 : (kept[0]?.seq ?? 1), to: null };
      };
      const [less = 0, more = 0] = [one, other]
        .map((it) => it % (all.length + 1))
        .toSorted((a, b) => b - a);
      const before = rows(cut(less));
      const after = rows(cut(more));
      if (before.length > 0) expect(after.slice(-before.length)).toEqual(before);
      if (before.length > 0 && before.length < after.length) {
        expect(shiftOf(before, after)).toBe('shift');
        expect(shiftOf(after, before)).toBe('shift');
      }
    }),
  );
});

test('messages at the end keep the start, another part of the conversation is new', () => {
  const all = Array.from({ length: 30 }, (_, index) => message(index + 1, NOW));
  const part = (from: number, to: number): Thread => ({
    messages: all.slice(from, to),
    from: from + 1,
    to: to + 1,
  });
  expect(shiftOf(rows(part(0, 10)), rows(part(0, 20)))).toBe('keep');
  expect(shiftOf(rows(part(0, 10)), rows(part(15, 30)))).toBe('new');
  expect(shiftOf([], rows(part(0, 10)))).toBe('keep');
});

test('a pause of five minutes starts a new block', () => {
  const all = [message(1, NOW), message(2, NOW + 4 * 60_000), message(3, NOW + 10 * 60_000)];
  expect(messagesOf(rows(whole(all))).map((it) => it.opens)).toEqual([true, false, true]);
});

test('the state is shown at the end of a block and wherever it changes', () => {
  const all = [message(1, NOW), message(2, NOW), message(3, NOW)];
  const changed = all.map((it) => (it.seq === 1 ? it : { ...it, state: 'sending' as const }));
  expect(messagesOf(rows(whole(all))).map((it) => it.meta)).toEqual([false, false, true]);
  expect(messagesOf(rows(whole(changed))).map((it) => it.meta)).toEqual([true, false, true]);
});

test('the line stands above as many of theirs as were unread, once they are loaded', () => {
  fc.assert(
    fc.property(messages, fc.nat(20), fc.nat(20), (all, unread, from) => {
      const theirs = all.filter((it) => it.author === 'them');
      const basis = { unread, upTo: all.at(-1)?.seq ?? 0 };
      const first = firstUnread({ messages: all.slice(from), from: from + 1, to: null }, basis);
      const wanted = unread === 0 ? undefined : theirs.at(-unread)?.seq;
      expect(first).toBe(wanted !== undefined && wanted > from ? wanted : null);
      // What arrives later does not move it.
      const later = [...all, message(10_000, NOW, 'them')];
      if (wanted !== undefined) expect(firstUnread(whole(later), basis)).toBe(wanted);
    }),
  );
});

test('the line is not drawn into a part of the conversation that ends before it', () => {
  const thread: Thread = { messages: [message(1, NOW, 'them')], from: 0, to: 2 };
  expect(firstUnread(thread, { unread: 1, upTo: 5 })).toBeNull();
});

test('a message that is gone is looked for where it was', () => {
  const all = rows(whole([message(1, NOW), message(5, NOW)]));
  expect(seqAt(all, rowAt(all, 3))).toBe(5);
  expect(rowAt(all, 6)).toBe(-1);
});
