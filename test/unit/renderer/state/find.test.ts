import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversationsNamed } from '../../../../src/renderer/state/conversations.ts';
import {
  answered,
  asking,
  continued,
  EMPTY_FIND,
  type Find,
  failed,
  needsMore,
  stepped,
} from '../../../../src/renderer/state/find.ts';
import { firstLine, messagesById } from '../../../../src/renderer/state/quotes.ts';
import type { Message, SearchPage } from '../../../../src/shared/model/model.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { scenarios } from '../../../support/renderer-harness/scenarios.ts';

function message(seq: number, about: Partial<Message> = {}): Message {
  return {
    id: `id ${seq}`,
    contactId: 'ann',
    author: 'them',
    body: `body ${seq}`,
    sentAt: seq,
    seq,
    state: 'received',
    problem: null,
    replyTo: null,
    ...about,
  };
}

/** What the core finds of `total` matches: numbered by `seq`, newest first. */
function pageOf(total: number, before: number | null, limit: number): SearchPage {
  const seqs = Array.from({ length: total }, (_, index) => total - index);
  const older = seqs.filter((seq) => before === null || seq < before);
  const hits = older.slice(0, limit).map((seq) => ({ message: message(seq), excerpt: '' }));
  return { hits, more: older.length > limit };
}

const PAGE = 5;
const at = (find: Find) => find.hits[find.at]?.message.seq ?? null;

test('going to the older result time and again visits all of them, each once, and starts over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (total) => {
      let find = answered(asking(EMPTY_FIND, 'x'), 'x', pageOf(total, null, PAGE));
      const visited = [at(find)];
      for (let step = 0; step < total; step += 1) {
        if (needsMore(find)) {
          const before = find.hits.at(-1)?.message.seq ?? null;
          find = continued(find, 'x', pageOf(total, before, PAGE));
        }
        find = stepped(find, 1);
        visited.push(at(find));
      }
      const wanted = Array.from({ length: total }, (_, index) => total - index);
      expect(visited).toEqual([...wanted, total]);
    }),
  );
});

const event = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), query: fc.constantFrom('', ' ', 'a', 'b') }),
  fc.record({
    do: fc.constant('answer' as const),
    query: fc.constantFrom('a', 'b'),
    total: fc.nat(12),
  }),
  fc.record({
    do: fc.constant('more' as const),
    query: fc.constantFrom('a', 'b'),
    total: fc.nat(12),
  }),
  fc.record({ do: fc.constant('fail' as const), query: fc.constantFrom('a', 'b') }),
  fc.record({ do: fc.constant('step' as const), by: fc.constantFrom<1 | -1>(1, -1) }),
);

test('answers in any order: what is shown is in what was found, and an old answer changes nothing', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let find = EMPTY_FIND;
      for (const it of events) {
        const before = find;
        if (it.do === 'ask') find = asking(find, it.query);
        else if (it.do === 'answer') find = answered(find, it.query, pageOf(it.total, null, PAGE));
        else if (it.do === 'more') find = continued(find, it.query, pageOf(it.total, null, PAGE));
        else if (it.do === 'fail') find = failed(find, it.query, problem('stopped'));
        else find = stepped(find, it.by);
        if ('query' in it && it.do !== 'ask' && it.query !== before.query)
          expect(find).toBe(before);
        expect(find.at).toBeGreaterThanOrEqual(
          find.hits.length > 0 && find.phase === 'done' ? 0 : -1,
        );
        expect(find.at).toBeLessThan(Math.max(1, find.hits.length));
        const seqs = find.hits.map((hit) => hit.message.seq);
        expect(new Set(seqs).size).toBe(seqs.length);
        if (find.query.trim() === '') expect(find.hits).toEqual([]);
      }
    }),
  );
});

test('people are found by any part of name and address, without heed to case and accents', () => {
  const { conversations } = scenarios.busy();
  const names = (query: string) =>
    conversationsNamed(conversations, query).map((it) => it.contact.name);
  expect(names('ostergard')).toEqual(['Carol Østergård']);
  expect(names('xstergard')).toEqual([]);
  expect(names('CAROL')).toEqual(['Carol Østergård']);
  expect(names('gard')).toEqual(['Carol Østergård']);
  expect(names('laptop 8080')).toEqual(['Noor']);
  expect(names('  ')).toEqual([]);
});

test('a quote is the first line that says something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (body) => {
      const line = firstLine(body);
      expect(line).not.toContain('\n');
      expect(body).toContain(line);
      expect(line === '').toBe(body.split('\n').every((it) => it.trim() === ''));
    }),
  );
});

test('of two messages with the same id, ours is the one that is quoted', () => {
  const theirs = message(1, { id: 'same' });
  const ours = message(2, { id: 'same', author: 'me', state: 'read' });
  for (const order of [
    [theirs, ours],
    [ours, theirs],
  ]) {
    expect(messagesById(order).get('same')).toBe(ours);
  }
});
