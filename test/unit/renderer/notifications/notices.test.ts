import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  followNotices,
  NO_NOTICES,
  type NoticeCircumstances,
  type NoticeContent,
  withdrawAll,
} from '../../../../src/renderer/notifications/notices.ts';
import { conversationOf, NEW_CONTACT, type Told } from './world.ts';

const AWAY: NoticeCircumstances = {
  attended: false,
  level: 'text',
  arrivedAfter: Number.MAX_SAFE_INTEGER,
};

/** A page that follows, and the notifications on its user's desktop. */
function desktop() {
  const shown = new Map<string, NoticeContent>();
  let state = NO_NOTICES;
  let shows = 0;
  return {
    shown,
    shows: () => shows,
    follow: (told: readonly Told[], circumstances: Partial<NoticeCircumstances> = {}) => {
      const all = told.map(conversationOf);
      const next = followNotices(state, all, { ...AWAY, ...circumstances });
      state = next.state;
      for (const step of next.steps) {
        if ('withdraw' in step) shown.delete(step.withdraw);
        else {
          shows += 1;
          shown.set(step.show.contactId, step.show);
        }
      }
      return next.steps;
    },
    off: () => {
      const next = withdrawAll(state);
      state = next.state;
      for (const step of next.steps) if ('withdraw' in step) shown.delete(step.withdraw);
    },
  };
}

const bob: Told = { ...NEW_CONTACT, id: 'bob' };
const heard = (told: Told, ...seqs: readonly number[]): Told => ({
  ...told,
  messages: [...told.messages, ...seqs.map((seq) => ({ seq, author: 'them' as const }))],
});
const said = (told: Told, seq: number): Told => ({
  ...told,
  messages: [...told.messages, { seq, author: 'me' }],
});

test('a new message is shown with its text, the next ones as a number', () => {
  const { follow } = desktop();
  follow([bob]);
  expect(follow([heard(bob, 1)])).toEqual([
    { show: { contactId: 'bob', name: 'Name of bob', text: 'Text 1', count: 1 } },
  ]);
  expect(follow([heard(bob, 1)])).toEqual([]);
  expect(follow([heard(bob, 1, 2, 3)])).toEqual([
    { show: { contactId: 'bob', name: 'Name of bob', text: 'Text 3', count: 3 } },
  ]);
});

test('messages that are unread when the page starts are not new', () => {
  const { follow } = desktop();
  expect(follow([heard(bob, 1, 2)])).toEqual([]);
  expect(follow([heard(bob, 1, 2, 3)])).toMatchObject([{ show: { count: 1 } }]);
});

test('a message that arrived between the start of the core and of the page is shown once', () => {
  const { follow } = desktop();
  const first = [heard(bob, 1, 2, 4, 5), heard({ ...bob, id: 'eve' }, 3)];
  expect(follow(first, { arrivedAfter: 3 })).toMatchObject([
    { show: { contactId: 'bob', count: 2, text: 'Text 5' } },
  ]);
  expect(follow(first, { arrivedAfter: 3 })).toEqual([]);
  const seen = desktop();
  expect(seen.follow(first, { arrivedAfter: 3, attended: true })).toEqual([]);
  const read = desktop();
  const all = first.map((told) => ({ ...told, readUpTo: 5 }));
  expect(read.follow(all, { arrivedAfter: 3 })).toEqual([]);
});

test('a conversation in view gives no notification, not even later', () => {
  const { follow } = desktop();
  follow([bob]);
  expect(follow([heard(bob, 1)], { attended: true })).toEqual([]);
  expect(follow([heard(bob, 1)])).toEqual([]);
  expect(follow([heard(bob, 1, 2)])).toMatchObject([{ show: { count: 1 } }]);
});

test('reading elsewhere, muting, blocking and removing withdraw the notification', () => {
  const once = heard(bob, 1);
  const endings: (readonly Told[])[] = [
    [{ ...once, readUpTo: 1 }],
    [{ ...once, muted: true }],
    [{ ...once, policy: 'blocked' }],
    [{ ...once, messages: [] }],
    [],
  ];
  for (const ending of endings) {
    const { follow, shown } = desktop();
    follow([bob]);
    follow([once]);
    expect(shown.size).toBe(1);
    expect(follow(ending)).toEqual([{ withdraw: 'bob' }]);
    expect(follow(ending)).toEqual([]);
  }
});

test('the notification of a deleted message does not stay readable', () => {
  const { follow } = desktop();
  const twice = heard(bob, 1, 2);
  follow([heard(bob, 1)]);
  follow([twice]);
  expect(follow([heard(bob, 1)])).toEqual([{ withdraw: 'bob' }]);
});

test('requests and muted conversations are silent, also later about messages from that time', () => {
  for (const quiet of [{ policy: 'request' as const }, { muted: true }]) {
    const { follow } = desktop();
    const silent = { ...bob, ...quiet };
    follow([silent]);
    expect(follow([heard(silent, 1)])).toEqual([]);
    expect(follow([heard(bob, 1)])).toEqual([]);
    expect(follow([heard(bob, 1, 2)])).toMatchObject([{ show: { count: 1, text: 'Text 2' } }]);
  }
});

test('our own message from another window gives no notification, and hides none', () => {
  const { follow } = desktop();
  follow([bob]);
  expect(follow([said(bob, 1)])).toEqual([]);
  expect(follow([said(heard(bob, 1, 2), 3)])).toMatchObject([{ show: { count: 2, text: null } }]);
});

test('read and new messages in one update are distinguished', () => {
  const { follow } = desktop();
  const before = heard(bob, 1, 2, 3);
  follow([before]);
  const step = follow([{ ...heard(before, 4), readUpTo: 3 }]);
  expect(step).toMatchObject([{ show: { count: 1, text: 'Text 4' } }]);
});

test('two contacts that are merged do not repeat their notifications', () => {
  const { follow, shown } = desktop();
  const stranger: Told = { ...bob, id: 'address' };
  follow([bob, stranger]);
  follow([bob, heard(stranger, 1)]);
  expect(follow([heard(bob, 1)])).toEqual([{ withdraw: 'address' }]);
  expect(shown.size).toBe(0);
  expect(follow([heard(bob, 1, 2)])).toMatchObject([{ show: { contactId: 'bob', count: 1 } }]);
});

test('missed messages give one notification per conversation', () => {
  const { follow } = desktop();
  const eve: Told = { ...bob, id: 'eve' };
  follow([bob, eve]);
  const many = Array.from({ length: 500 }, (_, index) => index * 2 + 1);
  const steps = follow([heard(bob, ...many), heard(eve, 2, 4)]);
  expect(steps).toMatchObject([
    { show: { contactId: 'bob', count: 500 } },
    { show: { contactId: 'eve', count: 2 } },
  ]);
});

test('another choice of what is shown withdraws earlier notifications', () => {
  const { follow, off, shown } = desktop();
  follow([bob]);
  follow([heard(bob, 1)]);
  off();
  expect(shown.size).toBe(0);
  expect(follow([heard(bob, 1)], { level: 'hidden' })).toEqual([]);
});

const IDS = ['a', 'b', 'c'] as const;
const action = fc.record({
  do: fc.constantFrom('hear', 'say', 'read', 'mute', 'policy', 'remove', 'merge', 'delete', 'skip'),
  who: fc.constantFrom(...IDS),
  policy: fc.constantFrom('request' as const, 'accepted' as const, 'blocked' as const),
  attended: fc.boolean(),
  level: fc.constantFrom('text' as const, 'name' as const, 'hidden' as const, 'off' as const),
  /** Whether the page hears of it now, or only with what comes later (a gap). */
  told: fc.boolean(),
});

test('in any order of events: silence where due, at most one each, and none when all is read', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const { follow, shown } = desktop();
      const all = new Map<string, Told>(IDS.map((id) => [id, { ...NEW_CONTACT, id }]));
      let seq = 0;
      follow([...all.values()]);
      for (const it of actions) {
        seq += 1;
        const told = all.get(it.who) ?? { ...NEW_CONTACT, id: it.who };
        const newest = told.messages.at(-1)?.seq ?? 0;
        if (it.do === 'hear') all.set(it.who, heard(told, seq));
        if (it.do === 'say') all.set(it.who, said(told, seq));
        if (it.do === 'read') all.set(it.who, { ...told, readUpTo: newest });
        if (it.do === 'mute') all.set(it.who, { ...told, muted: !told.muted });
        if (it.do === 'policy') all.set(it.who, { ...told, policy: it.policy });
        if (it.do === 'remove') all.delete(it.who);
        if (it.do === 'delete') all.set(it.who, { ...told, messages: told.messages.slice(0, -1) });
        if (it.do === 'merge' && it.who !== 'a') {
          const into = all.get('a') ?? { ...NEW_CONTACT, id: 'a' };
          const messages = [...into.messages, ...told.messages].sort((x, y) => x.seq - y.seq);
          all.set('a', { ...into, messages });
          all.delete(it.who);
        }
        if (!it.told) continue;
        const steps = follow([...all.values()], it);
        const shows = steps.flatMap((step) => ('show' in step ? [step.show.contactId] : []));
        expect(new Set(shows).size).toBe(shows.length);
        if (it.attended || it.level === 'off') expect(shows).toEqual([]);
        if (it.level === 'off') expect(shown.size).toBe(0);
        for (const [id, content] of shown) {
          const conversation = conversationOf(all.get(id) ?? bob);
          expect(conversation.contact).toMatchObject({ id, policy: 'accepted', muted: false });
          expect(conversation.unread).toBeGreaterThan(0);
          expect(content.count).toBeGreaterThan(0);
        }
        for (const id of shows) {
          const { unread } = conversationOf(all.get(id) ?? bob);
          expect(shown.get(id)?.count).toBeLessThanOrEqual(unread);
        }
      }
      const read = [...all.values()].map((it) => ({ ...it, readUpTo: seq }));
      follow(read);
      expect([...shown]).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
