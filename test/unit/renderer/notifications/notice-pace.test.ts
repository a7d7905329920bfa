import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTICE_PAUSE, NoticePace } from '../../../../src/renderer/notifications/notice-pace.ts';
import type { NoticeContent } from '../../../../src/renderer/notifications/notices.ts';

/** A clock that moves when it is told to, and the notifications that came out. */
function paced() {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly task: () => void }>();
  const shown: { readonly at: number; readonly content: NoticeContent }[] = [];
  const withdrawn: string[] = [];
  const pace = new NoticePace(
    (delay, task) => {
      const timer = { at: now + delay, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    {
      show: (content) => shown.push({ at: now, content }),
      withdraw: (id) => withdrawn.push(id),
    },
  );
  const wait = (time: number) => {
    const until = now + time;
    for (;;) {
      const [next] = [...timers].filter((it) => it.at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = next.at;
      next.task();
    }
    now = until;
  };
  return { pace, shown, withdrawn, wait, timers };
}

const about = (contactId: string, count: number): NoticeContent => ({
  contactId,
  name: contactId,
  text: String(count),
  count,
});

test('five hundred messages in a burst make two notifications: the first and the last', () => {
  const { pace, shown, wait } = paced();
  for (let count = 1; count <= 500; count += 1) pace.take([{ show: about('bob', count) }]);
  wait(NOTICE_PAUSE);
  expect(shown.map((it) => it.content.count)).toEqual([1, 500]);
  wait(10 * NOTICE_PAUSE);
  expect(shown).toHaveLength(2);
});

test('a conversation does not wait for another', () => {
  const { pace, shown } = paced();
  pace.take([{ show: about('bob', 1) }, { show: about('eve', 1) }]);
  expect(shown.map((it) => it.content.contactId)).toEqual(['bob', 'eve']);
});

test('a message read during the pause is not shown', () => {
  const { pace, shown, withdrawn, wait } = paced();
  pace.take([{ show: about('bob', 1) }, { show: about('bob', 2) }, { withdraw: 'bob' }]);
  expect(withdrawn).toEqual(['bob']);
  wait(2 * NOTICE_PAUSE);
  expect(shown).toHaveLength(1);
});

test('a message is not shown once the window has the focus', () => {
  const { pace, shown, wait } = paced();
  pace.take([{ show: about('bob', 1) }, { show: about('bob', 2) }]);
  pace.drop();
  wait(2 * NOTICE_PAUSE);
  expect(shown).toHaveLength(1);
});

test('no timer is left after the end', () => {
  const { pace, timers } = paced();
  pace.take([{ show: about('bob', 1) }]);
  pace.stop();
  expect(timers.size).toBe(0);
});

test('a conversation never gets two within a pause, and its last one is always shown', () => {
  const step = fc.record({
    who: fc.constantFrom('bob', 'eve'),
    wait: fc.integer({ min: 0, max: NOTICE_PAUSE }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const { pace, shown, wait } = paced();
      const last = new Map<string, number>();
      steps.forEach((it, count) => {
        last.set(it.who, count);
        pace.take([{ show: about(it.who, count) }]);
        wait(it.wait);
      });
      wait(2 * NOTICE_PAUSE);
      for (const [who, count] of last) {
        const own = shown.filter((it) => it.content.contactId === who);
        expect(own.at(-1)?.content.count).toBe(count);
        own.slice(1).forEach((it, index) => {
          expect(it.at - (own[index]?.at ?? 0)).toBeGreaterThanOrEqual(NOTICE_PAUSE);
        });
      }
    }),
  );
});
