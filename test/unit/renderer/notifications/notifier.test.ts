import { expect, test } from 'vitest';
import * as catalog from '../../../../src/renderer/i18n/catalogs/en/index.ts';
import { createI18n } from '../../../../src/renderer/i18n/i18n.ts';
import { startNotifier } from '../../../../src/renderer/notifications/notifier.ts';
import { type AppState, INITIAL_STATE } from '../../../../src/renderer/state/app-state.ts';
import type { NoticeLevel } from '../../../../src/shared/model/preferences.ts';
import { FakeHost } from '../../../support/fake-bridge/fake-host.ts';
import { FAKE_SELF } from '../../../support/peers/fake-peer-app.ts';
import { conversationOf, NEW_CONTACT, type Told } from './world.ts';

const bob: Told = { ...NEW_CONTACT, id: 'bob' };
const wrote = (count: number, change: Partial<Told> = {}): Told => ({
  ...bob,
  ...change,
  messages: Array.from({ length: count }, (_, index) => ({ seq: index + 1, author: 'them' })),
});

function cell<T>(first: T) {
  const listeners = new Set<() => void>();
  let now = first;
  return {
    get: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next: T) => {
      now = next;
      for (const listener of [...listeners]) listener();
    },
    watched: () => listeners.size > 0,
  };
}

function notified() {
  const state = cell<AppState>(INITIAL_STATE);
  const level = cell<NoticeLevel>('text');
  const attention = cell(false);
  const desktop = new FakeHost();
  const timers: (() => void)[] = [];
  const i18n = createI18n({ language: 'en', locale: 'en' }, catalog);
  const stop = startNotifier({
    state,
    level,
    attention,
    i18n: () => i18n,
    run: (task) => void task(desktop.channel),
    after: (_delay, task) => {
      timers.push(task);
      return () => void timers.splice(timers.indexOf(task), 1);
    },
  });
  const told = (...all: readonly Told[]) =>
    state.set({
      ...INITIAL_STATE,
      snapshot: {
        seq: 1,
        self: FAKE_SELF,
        conversations: all.map(conversationOf),
        arrivedAfter: Number.MAX_SAFE_INTEGER,
      },
    });
  const shown = () => [...desktop.notices.values()].map(({ title, body }) => [title, body]);
  const later = () => {
    for (const task of timers.splice(0)) task();
  };
  return { state, level, attention, desktop, told, shown, later, stop };
}

test('a message in the background is shown, counted in the badge, and withdrawn when read', () => {
  const { told, shown, desktop, later } = notified();
  told(bob);
  told(wrote(1));
  expect(shown()).toEqual([['Name of bob', 'Text 1']]);
  expect(desktop.unread).toBe(1);
  told(wrote(3));
  expect(shown()).toEqual([['Name of bob', 'Text 1']]);
  later();
  expect(shown()).toEqual([['Name of bob (3 new messages)', 'Text 3']]);
  told(wrote(3, { readUpTo: 3 }));
  expect(shown()).toEqual([]);
  expect(desktop.unread).toBe(0);
});

test('another choice applies at once, also to notifications already shown', () => {
  const { told, shown, level, later } = notified();
  told(bob);
  told(wrote(1));
  level.set('hidden');
  expect(shown()).toEqual([]);
  told(wrote(2));
  later();
  expect(shown()).toEqual([['Parley', 'New message']]);
  level.set('off');
  told(wrote(3));
  later();
  expect(shown()).toEqual([]);
});

test('a pending notification is not shown once the user is back', () => {
  const { told, shown, attention, later } = notified();
  told(bob);
  told(wrote(1));
  told(wrote(2));
  attention.set(true);
  later();
  expect(shown()).toEqual([['Name of bob', 'Text 1']]);
});

test('a muted conversation is neither counted in the badge nor notified', () => {
  const { told, shown, desktop } = notified();
  told({ ...bob, muted: true });
  told(wrote(2, { muted: true }));
  expect(shown()).toEqual([]);
  expect(desktop.unread).toBe(0);
});

test('no events are followed after the end', () => {
  const { state, level, attention, stop } = notified();
  stop();
  expect([state.watched(), level.watched(), attention.watched()]).toEqual([false, false, false]);
});
