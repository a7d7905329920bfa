import type { NotificationCloseEventParams } from 'electron';
import { expect, test } from 'vitest';
import {
  type NativeNotice,
  type NativeNoticeOptions,
  Notifications,
} from '../../../../src/main/os/notifications.ts';
import { MAX_NOTICES, type Notice } from '../../../../src/shared/model/notice.ts';

type Details = NotificationCloseEventParams;

/** One of Electron's: showing it again takes the one of before away, and says so meanwhile. */
class FakeNative implements NativeNotice {
  readonly id: string;
  title: string;
  body: string;
  silent: boolean;
  shownAs: { body: string; silent: boolean }[] = [];
  state: 'made' | 'shown' | 'closed' = 'made';
  readonly #listeners: [string, (details: Details) => void][] = [];

  constructor({ id, title, body, silent }: NativeNoticeOptions) {
    this.id = id;
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  show(): void {
    if (this.state === 'shown') this.close();
    this.state = 'shown';
    this.shownAs.push({ body: this.body, silent: this.silent });
  }

  close(): void {
    this.state = 'closed';
    this.fire('close');
  }

  on(event: string, listener: (details: Details) => void): void {
    this.#listeners.push([event, listener]);
  }

  fire(event: 'show' | 'click' | 'close' | 'failed', details: Details = {}): void {
    for (const [name, listener] of this.#listeners) if (name === event) listener(details);
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
    scope: 'a1b2',
  });
  const visible = () => made.filter((it) => it.state === 'shown').map((it) => it.body);
  const silent = () => made.flatMap((it) => it.shownAs.map((shown) => shown.silent));
  return { notifications, made, clicked, visible, silent };
}

const ANN = '01990000-0000-7000-8000-000000000001';

const about = (contactId: string, body: string): Notice => ({
  contactId,
  title: contactId,
  body,
  count: 1,
});

test('a contact has one notification, and only its first one makes a sound', () => {
  const { notifications, made, visible, silent } = desktop();
  notifications.show(about('bob', 'one'));
  notifications.show(about('bob', 'two'));
  notifications.show(about('eve', 'three'));
  expect(visible()).toEqual(['two', 'three']);
  expect(silent()).toEqual([false, true, false]);
  // Of two for one place, the one that is forgotten would take the other away on macOS.
  expect(made).toHaveLength(2);
});

test('each contact has a notification id of its own within the limit of Windows', () => {
  const { notifications, made } = desktop();
  notifications.show(about(ANN, 'one'));
  expect(made[0]?.id).toBe(`a1b2-${ANN}`);
  expect(made[0]?.id.length).toBeLessThanOrEqual(64);
});

// Some seconds after it was shown, Windows says of a notification that it is closed.
test.each(['timedOut', 'applicationHidden'] as const)(
  'a notification moved to the system’s list (%s) can still be clicked, replaced and withdrawn',
  (reason) => {
    const { notifications, made, clicked, silent } = desktop();
    notifications.show(about('bob', 'one'));
    made[0]?.fire('close', { reason });
    notifications.show(about('bob', 'two'));
    expect(made).toHaveLength(1);
    expect(silent()).toEqual([false, true]);
    made[0]?.fire('close', { reason });
    notifications.withdraw('bob');
    expect(made[0]?.state).toBe('closed');

    notifications.show(about('bob', 'three'));
    made[1]?.fire('close', { reason });
    made[1]?.fire('click');
    expect(clicked).toEqual(['bob']);
  },
);

test('a click is reported once, and closes the notification', () => {
  const { notifications, made, clicked, visible } = desktop();
  notifications.show(about('bob', 'one'));
  made[0]?.fire('click');
  expect(clicked).toEqual(['bob']);
  expect(visible()).toEqual([]);
});

test('after the user closed a notification, the next one makes a sound again', () => {
  for (const details of [{}, { reason: 'userCanceled' }] as const) {
    const { notifications, made, silent } = desktop();
    notifications.show(about('bob', 'one'));
    made[0]?.fire('close', details);
    notifications.show(about('bob', 'two'));
    expect(silent()).toEqual([false, false]);
  }
});

test('a refusal of the system is remembered until it shows one', () => {
  const { notifications, made, silent } = desktop();
  expect(notifications.refused).toBe(false);
  notifications.show(about('bob', 'one'));
  made[0]?.fire('failed');
  expect(notifications.refused).toBe(true);
  notifications.show(about('bob', 'two'));
  expect(silent()).toEqual([false, false]);
  made[1]?.fire('show');
  expect(notifications.refused).toBe(false);
});

test.each(['show', 'failed'] as const)(
  'a trial notification reports the system’s answer: %s',
  async (event) => {
    const { notifications, made } = desktop();
    const known = notifications.try('Parley', 'so');
    made[0]?.fire(event);
    await known;
    expect(notifications.refused).toBe(event === 'failed');
    expect(made[0]).toMatchObject({ id: 'a1b2-sample', silent: true });
    notifications.clear();
    expect(made[0]?.state).toBe('closed');
  },
);

test('a click that Windows reports without the notification opens the conversation', () => {
  const { notifications, clicked } = desktop();
  notifications.activated({ type: 'click', arguments: `type=click&tag=a1b2-${ANN}` });
  expect(clicked).toEqual([ANN]);
});

test.each([
  ['from another profile', 'click', `type=click&tag=ffff-${ANN}`],
  ['a trial notification', 'click', 'type=click&tag=a1b2-sample'],
  ['without a contact id', 'click', 'type=click&tag=a1b2-../../etc'],
  ['without an id', 'click', 'type=click'],
  ['empty', 'click', ''],
  ['not a click', 'reply', `type=reply&tag=a1b2-${ANN}`],
])('an activation that Windows reports is ignored when it is %s', (_name, type, given) => {
  const { notifications, clicked } = desktop();
  notifications.activated({ type, arguments: given });
  expect(clicked).toEqual([]);
});

test('notifications are limited in number: the oldest is withdrawn', () => {
  const { notifications, visible } = desktop();
  for (let count = 1; count <= MAX_NOTICES + 5; count += 1) {
    notifications.show(about(`contact ${count}`, `${count}`));
  }
  expect(visible()).toHaveLength(MAX_NOTICES);
  expect(visible()[0]).toBe('6');
});

test('all notifications are withdrawn when the page can no longer do it', () => {
  const { notifications, visible } = desktop();
  notifications.show(about('bob', 'one'));
  notifications.show(about('eve', 'two'));
  notifications.clear();
  expect(visible()).toEqual([]);
});

test('no notification is created on a system without them', () => {
  const { notifications, made } = desktop(false);
  notifications.show(about('bob', 'one'));
  expect(made).toEqual([]);
  expect(notifications.supported).toBe(false);
});
