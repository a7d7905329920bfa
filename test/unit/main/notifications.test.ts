import { expect, test } from 'vitest';
import { type NativeNotice, Notifications } from '../../../src/main/notifications.ts';
import { MAX_NOTICES, type Notice } from '../../../src/shared/host-bridge.ts';

type NativeEvent = 'click' | 'close' | 'failed';

class FakeNative implements NativeNotice {
  readonly options: { title: string; body: string; silent: boolean };
  state: 'made' | 'shown' | 'closed' = 'made';
  readonly #listeners = new Map<NativeEvent, () => void>();

  constructor(options: { title: string; body: string; silent: boolean }) {
    this.options = options;
  }

  show(): void {
    this.state = 'shown';
  }

  close(): void {
    this.state = 'closed';
    this.fire('close');
  }

  on(event: NativeEvent, listener: () => void): void {
    this.#listeners.set(event, listener);
  }

  fire(event: NativeEvent): void {
    this.#listeners.get(event)?.();
  }
}

function desktop(supported = true) {
  const made: FakeNative[] = [];
  const clicked: string[] = [];
  const notifications = new Notifications({
    isSupported: () => supported,
    create: (options) => {
      const native = new FakeNative(options);
      made.push(native);
      return native;
    },
    onClick: (contactId) => clicked.push(contactId),
  });
  const visible = () => made.filter((it) => it.state === 'shown').map((it) => it.options.body);
  return { notifications, made, clicked, visible };
}

const about = (contactId: string, body: string): Notice => ({
  contactId,
  title: contactId,
  body,
  count: 1,
});

test('a contact has one notification, and only its first one is heard', () => {
  const { notifications, made, visible } = desktop();
  notifications.show(about('bob', 'one'));
  notifications.show(about('bob', 'two'));
  notifications.show(about('eve', 'three'));
  expect(visible()).toEqual(['two', 'three']);
  expect(made.map((it) => it.options.silent)).toEqual([false, true, false]);
});

test('the one that is replaced takes nothing with it when the system says that it closed', () => {
  const { notifications, made, visible } = desktop();
  notifications.show(about('bob', 'one'));
  notifications.show(about('bob', 'two'));
  made[0]?.fire('close');
  notifications.withdraw('bob');
  expect(visible()).toEqual([]);
});

test('a click is told once, and the notification goes', () => {
  const { notifications, made, clicked, visible } = desktop();
  notifications.show(about('bob', 'one'));
  made[0]?.fire('click');
  expect(clicked).toEqual(['bob']);
  expect(visible()).toEqual([]);
});

test('one that the user has closed is forgotten, so that the next one is heard again', () => {
  const { notifications, made } = desktop();
  notifications.show(about('bob', 'one'));
  made[0]?.close();
  notifications.show(about('bob', 'two'));
  expect(made[1]?.options.silent).toBe(false);
});

test('there are never more than the desktop bears: the oldest goes', () => {
  const { notifications, visible } = desktop();
  for (let count = 1; count <= MAX_NOTICES + 5; count += 1) {
    notifications.show(about(`contact ${count}`, `${count}`));
  }
  expect(visible()).toHaveLength(MAX_NOTICES);
  expect(visible()[0]).toBe('6');
});

test('all go when nobody is left to withdraw them', () => {
  const { notifications, visible } = desktop();
  notifications.show(about('bob', 'one'));
  notifications.show(about('eve', 'two'));
  notifications.clear();
  expect(visible()).toEqual([]);
});

test('a system without notifications is left in peace', () => {
  const { notifications, made } = desktop(false);
  notifications.show(about('bob', 'one'));
  expect(made).toEqual([]);
  expect(notifications.supported).toBe(false);
});
