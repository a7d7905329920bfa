import type { ActivationArguments, NotificationCloseEventParams } from 'electron';
import { expect, test, vi } from 'vitest';
import { serveHostIpc } from '../../../../src/main/ipc/host-ipc.ts';
import type { IpcPort, PageEvent } from '../../../../src/main/ipc/sender.ts';
import type { PageContents } from '../../../../src/main/ipc/subscriptions.ts';
import { HOST_COMMAND_NAMES } from '../../../../src/shared/bridge/host-bridge.ts';
import { hostChannel, IPC_CHANNELS } from '../../../../src/shared/bridge/ipc-channels.ts';
import { DEFAULT_PREFERENCES } from '../../../../src/shared/model/preferences.ts';

const ORIGIN = 'parley-app://bundle';
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

function fakePage() {
  const sent: unknown[][] = [];
  let destroyed = false;
  let onDestroyed = () => {};
  const page: PageContents = {
    send: (...args) => void sent.push(args),
    isDestroyed: () => destroyed,
    once: (_event, listener) => {
      onDestroyed = listener;
    },
    on: () => {},
  };
  const destroy = () => {
    destroyed = true;
    onDestroyed();
  };
  return { page, sent, destroy };
}

function harness(platform: NodeJS.Platform = 'linux') {
  FakeNotification.made = [];
  FakeNotification.supported = true;
  const handlers = new Map<string, (event: PageEvent, ...args: unknown[]) => unknown>();
  const ipcMain: IpcPort = {
    handle: (channel, handler) => void handlers.set(channel, handler),
    on: (channel, handler) => handlers.set(channel, handler),
  };
  const late: (() => void)[] = [];
  const setUnread = vi.fn();
  const presentWindow = vi.fn();
  const onUnexpected = vi.fn();
  const save = vi.fn();
  serveHostIpc({
    ipcMain,
    page: { save },
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
    origin: ORIGIN,
    onUnexpected,
  });
  const call = (channel: string, input?: unknown, origin = ORIGIN, from = fakePage().page) =>
    handlers.get(channel)?.({ sender: from, senderFrame: { origin, parent: null } }, input);
  const open = () => FakeNotification.made.filter((it) => it.open).map((it) => it.options);
  return { call, late, presentWindow, onUnexpected, open, save, setUnread };
}

test('preferences are kept as they are given, and nothing else is', async () => {
  const { call, save } = harness();
  const dark = { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'zh-Hans' };
  expect(await call(hostChannel('savePreferences'), dark)).toEqual({ ok: true, value: null });
  for (const input of [
    { ...dark, language: '"><script>' },
    { theme: 'dark' },
    { ...dark, more: 1 },
  ]) {
    expect(await call(hostChannel('savePreferences'), input)).toMatchObject({ ok: false });
  }
  expect(save.mock.calls).toEqual([[dark]]);
});

test('a page shows and withdraws, and sets the number at the icon', async () => {
  const { call, open, setUnread } = harness();
  expect(await call(hostChannel('notify'), NOTICE)).toEqual({ ok: true, value: null });
  expect(open()).toEqual([{ id: `a1b2-${BOB}`, title: 'Bob', body: 'Hi', silent: false }]);
  call(hostChannel('withdrawNotice'), { contactId: BOB });
  expect(open()).toEqual([]);
  call(hostChannel('setUnread'), { count: 3 });
  expect(setUnread).toHaveBeenCalledWith(3);
});

test('whether notifications can be shown is the system’s word', async () => {
  const { call } = harness();
  expect(await call(hostChannel('noticeAccess'), {})).toEqual({ ok: true, value: 'granted' });
  FakeNotification.supported = false;
  expect(await call(hostChannel('askNoticeAccess'), {})).toEqual({
    ok: true,
    value: 'unsupported',
  });
  expect(FakeNotification.made).toEqual([]);
});

test('a system that has refused one is not said to show them, until it shows one again', async () => {
  const { call } = harness();
  call(hostChannel('notify'), NOTICE);
  FakeNotification.made[0]?.fire('failed');
  expect(await call(hostChannel('noticeAccess'), {})).toEqual({ ok: true, value: 'denied' });
  const asked = [
    [1, 'failed', 'denied'],
    [2, 'show', 'granted'],
  ] as const;
  for (const [count, event, value] of asked) {
    const answer = call(hostChannel('askNoticeAccess'), {});
    FakeNotification.made[count]?.fire(event);
    expect(await answer).toEqual({ ok: true, value });
  }
});

test('on macOS, whoever chooses notifications is asked by the system then, not by a message', async () => {
  const { call, late, open } = harness('darwin');
  const answer = call(hostChannel('askNoticeAccess'), {});
  expect(open()).toEqual([{ id: 'a1b2-sample', title: 'Parley', body: 'So', silent: true }]);
  FakeNotification.made[0]?.fire('failed');
  expect(await answer).toEqual({ ok: true, value: 'denied' });

  // Nobody answers the system's question: the page is not left without an answer.
  const unanswered = call(hostChannel('askNoticeAccess'), {});
  late.at(-1)?.();
  expect(await unanswered).toEqual({ ok: true, value: 'denied' });
});

test('a click on what an earlier run has left in Windows’ list opens the conversation', () => {
  const { call, presentWindow } = harness('win32');
  FakeNotification.activate({ type: 'click', arguments: `type=click&tag=a1b2-${BOB}` });
  expect(presentWindow).toHaveBeenCalledOnce();
  const { page, sent } = fakePage();
  call(IPC_CHANNELS.openListening, undefined, ORIGIN, page);
  expect(sent).toEqual([[IPC_CHANNELS.openConversation, BOB]]);
});

test.each(HOST_COMMAND_NAMES)('%s is refused to other origins', async (name) => {
  const { call, open, setUnread } = harness();
  const input = name === 'notify' ? NOTICE : { count: 1 };
  const outcome = await call(hostChannel(name), input, 'https://example.org');
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
  expect(open()).toEqual([]);
  expect(setUnread).not.toHaveBeenCalled();
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
  const outcome = await call(hostChannel(name), input);
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
  expect(open()).toEqual([]);
  expect(setUnread).not.toHaveBeenCalled();
});

test('a click brings the window to the front and opens the conversation', () => {
  const { call, presentWindow } = harness();
  const { page, sent } = fakePage();
  call(IPC_CHANNELS.openListening, undefined, ORIGIN, page);
  call(hostChannel('notify'), NOTICE);
  FakeNotification.made[0]?.fire('click');
  expect(presentWindow).toHaveBeenCalledOnce();
  expect(sent).toEqual([[IPC_CHANNELS.openConversation, BOB]]);
});

test('a click while the window is closed waits for the next one', () => {
  const { call, presentWindow } = harness();
  const first = fakePage();
  call(IPC_CHANNELS.openListening, undefined, ORIGIN, first.page);
  call(hostChannel('notify'), NOTICE);
  first.destroy();
  FakeNotification.made[0]?.fire('click');
  expect(presentWindow).toHaveBeenCalledOnce();
  const second = fakePage();
  call(IPC_CHANNELS.openListening, undefined, ORIGIN, second.page);
  expect(second.sent).toEqual([[IPC_CHANNELS.openConversation, BOB]]);
  const third = fakePage();
  call(IPC_CHANNELS.openListening, undefined, ORIGIN, third.page);
  expect(third.sent).toEqual([]);
});

test('a page that begins anew leaves no notification that nobody would withdraw', () => {
  const { call, open } = harness();
  call(hostChannel('notify'), NOTICE);
  call(IPC_CHANNELS.openListening, undefined, 'https://example.org');
  expect(open()).toHaveLength(1);
  call(IPC_CHANNELS.openListening);
  expect(open()).toEqual([]);
});

test('a desktop that fails is told of, and the page gets no raw error', async () => {
  const { call, onUnexpected, setUnread } = harness();
  const error = new Error('dbus: no reply');
  setUnread.mockImplementation(() => {
    throw error;
  });
  const outcome = await call(hostChannel('setUnread'), { count: 1 });
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'internal' } });
  expect(onUnexpected).toHaveBeenCalledWith(error);
});
