import type { ActivationArguments, NotificationCloseEventParams } from 'electron';
import { expect, test, vi } from 'vitest';
import { createHost } from '../../../../src/main/app/host.ts';
import { eachEvent } from '../../../../src/shared/bridge/channel.ts';
import { createDispatcher } from '../../../../src/shared/bridge/dispatcher.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/shared/model/preferences.ts';

const BOB = '00000000-0000-7000-8000-000000000001';
const NOTICE = { contactId: BOB, title: 'Bob', body: 'Hi', count: 1 };

class FakeNotification {
  static made: FakeNotification[] = [];
  static supported = true;
  readonly options: object;
  static activate: (details: ActivationArguments) => void = () => {};
  open = false;
  title = '';
  body = '';
  silent = false;
  readonly #listeners: [string, (details: NotificationCloseEventParams) => void][] = [];

  constructor(options: object) {
    this.options = options;
    FakeNotification.made.push(this);
  }

  static handleActivation(callback: typeof FakeNotification.activate): void {
    FakeNotification.activate = callback;
  }

  static isSupported(): boolean {
    return FakeNotification.supported;
  }

  show(): void {
    this.open = true;
  }

  close(): void {
    this.open = false;
  }

  on(event: string, listener: (details: NotificationCloseEventParams) => void): void {
    this.#listeners.push([event, listener]);
  }

  fire(event: 'click' | 'show' | 'failed'): void {
    for (const [name, listener] of this.#listeners) if (name === event) listener({});
  }
}

function harness(platform: NodeJS.Platform = 'linux') {
  FakeNotification.made = [];
  FakeNotification.supported = true;
  const late: (() => void)[] = [];
  const setUnread = vi.fn();
  const presentWindow = vi.fn();
  const onUnexpected = vi.fn();
  const change = vi.fn();
  const clipboard = { writeText: vi.fn(async () => {}) };
  const shell = { openExternal: vi.fn(async (_url: string) => {}) };
  const host = createHost({
    clipboard,
    shell,
    page: { change },
    Notification: FakeNotification,
    setUnread,
    platform,
    scope: 'a1b2',
    sample: () => ({ title: 'Parley', body: 'So' }),
    after: (_delay, task) => {
      late.push(task);
      return () => undefined;
    },
    presentWindow,
  });
  const dispatch = createDispatcher({ host: host.commands }, onUnexpected);
  const call = (name: string, input?: unknown) => dispatch('host', name, input);
  /** A page that begins; whom it is asked to show. */
  const listen = () => {
    const asked: string[] = [];
    const stop = eachEvent({ subscribe: host.events }, ({ contactId }) => asked.push(contactId));
    return { asked, stop };
  };
  const open = () => FakeNotification.made.filter((it) => it.open).map((it) => it.options);
  return {
    call,
    clipboard,
    late,
    listen,
    onUnexpected,
    open,
    presentWindow,
    change,
    setUnread,
    shell,
  };
}

test('preferences are kept as they are given, and nothing else is', async () => {
  const { call, change } = harness();
  const dark = { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'zh-Hans' };
  expect(await call('savePreferences', dark)).toEqual({ ok: true, value: null });
  for (const input of [
    { ...dark, language: '"><script>' },
    { theme: undefined },
    { ...dark, more: 1 },
  ]) {
    expect(await call('savePreferences', input)).toMatchObject({ ok: false });
  }
  expect(await call('savePreferences', { textSize: 'large' })).toEqual({ ok: true, value: null });
  expect(change.mock.calls).toEqual([[dark], [{ textSize: 'large' }]]);
});

test('a page shows and withdraws, and sets the number at the icon', async () => {
  const { call, open, setUnread } = harness();
  expect(await call('notify', NOTICE)).toEqual({ ok: true, value: null });
  expect(open()).toEqual([{ id: `a1b2-${BOB}`, title: 'Bob', body: 'Hi', silent: false }]);
  call('withdrawNotice', { contactId: BOB });
  expect(open()).toEqual([]);
  call('setUnread', { count: 3 });
  expect(setUnread).toHaveBeenCalledWith(3);
});

test('whether notifications can be shown is the system’s word', async () => {
  const { call } = harness();
  expect(await call('noticeAccess', {})).toEqual({ ok: true, value: 'granted' });
  FakeNotification.supported = false;
  expect(await call('askNoticeAccess', {})).toEqual({
    ok: true,
    value: 'unsupported',
  });
  expect(FakeNotification.made).toEqual([]);
});

test('a system that has refused one is not said to show them, until it shows one again', async () => {
  const { call } = harness();
  call('notify', NOTICE);
  FakeNotification.made[0]?.fire('failed');
  expect(await call('noticeAccess', {})).toEqual({ ok: true, value: 'denied' });
  const asked = [
    [1, 'failed', 'denied'],
    [2, 'show', 'granted'],
  ] as const;
  for (const [count, event, value] of asked) {
    const answer = call('askNoticeAccess', {});
    FakeNotification.made[count]?.fire(event);
    expect(await answer).toEqual({ ok: true, value });
  }
});

test('on macOS, whoever chooses notifications is asked by the system then, not by a message', async () => {
  const { call, late, open } = harness('darwin');
  const answer = call('askNoticeAccess', {});
  expect(open()).toEqual([{ id: 'a1b2-sample', title: 'Parley', body: 'So', silent: true }]);
  FakeNotification.made[0]?.fire('failed');
  expect(await answer).toEqual({ ok: true, value: 'denied' });

  // Nobody answers the system's question: the page is not left without an answer.
  const unanswered = call('askNoticeAccess', {});
  late.at(-1)?.();
  expect(await unanswered).toEqual({ ok: true, value: 'denied' });
});

test('a click on what an earlier run has left in Windows’ list opens the conversation', () => {
  const { listen, presentWindow } = harness('win32');
  FakeNotification.activate({ type: 'click', arguments: `type=click&tag=a1b2-${BOB}` });
  expect(presentWindow).toHaveBeenCalledOnce();
  expect(listen().asked).toEqual([BOB]);
});

test.each([
  ['notify', undefined],
  ['notify', { ...NOTICE, contactId: '../../etc' }],
  ['notify', { ...NOTICE, title: 7 }],
  ['notify', { ...NOTICE, title: '' }],
  ['notify', { ...NOTICE, body: 'x'.repeat(4_001) }],
  ['notify', { ...NOTICE, icon: 'file:///etc/passwd' }],
  ['setUnread', { count: -1 }],
  ['setUnread', { count: 1.5 }],
  ['withdrawNotice', {}],
  ['noticeAccess', { surplus: 1 }],
] as const)('%s does nothing with %j', async (name, input) => {
  const { call, open, setUnread } = harness();
  const outcome = await call(name, input);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
  expect(open()).toEqual([]);
  expect(setUnread).not.toHaveBeenCalled();
});

test('a click brings the window to the front and opens the conversation', () => {
  const { call, listen, presentWindow } = harness();
  const { asked } = listen();
  call('notify', NOTICE);
  FakeNotification.made[0]?.fire('click');
  expect(presentWindow).toHaveBeenCalledOnce();
  expect(asked).toEqual([BOB]);
});

test('a click while the window is closed waits for the next one', () => {
  const { call, listen, presentWindow } = harness();
  const first = listen();
  call('notify', NOTICE);
  first.stop();
  FakeNotification.made[0]?.fire('click');
  expect(presentWindow).toHaveBeenCalledOnce();
  expect(listen().asked).toEqual([BOB]);
  expect(listen().asked).toEqual([]);
});

test('a page that begins anew leaves no notification that nobody would withdraw', () => {
  const { call, listen, open } = harness();
  call('notify', NOTICE);
  expect(open()).toHaveLength(1);
  listen();
  expect(open()).toEqual([]);
});

test('copying puts a text on the clipboard; a huge one and anything else is refused', async () => {
  const { call, clipboard, onUnexpected } = harness();
  expect(await call('copyText', { text: 'h:1' })).toEqual({ ok: true, value: null });
  await call('copyText', { text: { toString: () => 'x' } });
  await call('copyText', { text: 'x'.repeat(1_000_001) });
  expect(clipboard.writeText.mock.calls).toEqual([['h:1']]);
  const error = new Error('no clipboard');
  clipboard.writeText.mockRejectedValue(error);
  expect(await call('copyText', { text: 'h:1' })).toMatchObject({ problem: { code: 'internal' } });
  expect(onUnexpected).toHaveBeenCalledWith(error);
});

test('opening a web page hands the address to the system, its host in ASCII', async () => {
  const { call, shell } = harness();
  const outcome = await call('openExternal', { url: 'https://bücher.example/a?b#c' });
  expect(outcome).toEqual({ ok: true, value: null });
  expect(shell.openExternal).toHaveBeenCalledWith('https://xn--bcher-kva.example/a?b#c');
  shell.openExternal.mockRejectedValue(new Error('xdg-open: not found'));
  expect(await call('openExternal', { url: 'https://example.org/' })).toMatchObject({
    problem: { code: 'no-browser' },
  });
});

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'smb://host/share',
  'https:evil.example',
  'https://friend@evil.example/',
  `https://example.org/${'a'.repeat(2_048)}`,
  7,
  { toString: () => 'https://example.org/' },
])('opening a web page is refused for %j', async (url) => {
  const { call, shell } = harness();
  const code = typeof url === 'string' ? 'link-refused' : 'bad-input';
  expect(await call('openExternal', { url })).toMatchObject({ ok: false, problem: { code } });
  expect(shell.openExternal).not.toHaveBeenCalled();
});

test('a desktop that fails is told of, and the page gets no raw error', async () => {
  const { call, onUnexpected, setUnread } = harness();
  const error = new Error('dbus: no reply');
  setUnread.mockImplementation(() => {
    throw error;
  });
  const outcome = await call('setUnread', { count: 1 });
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'internal' } });
  expect(onUnexpected).toHaveBeenCalledWith(error);
});
