import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createHost } from '../../../../src/main/app/host.ts';
import { serveIpc } from '../../../../src/main/ipc/ipc.ts';
import { Pushes } from '../../../../src/main/ipc/pushes.ts';
import { type PageEvent, REFUSED } from '../../../../src/main/ipc/sender.ts';
import { APP_ORIGIN } from '../../../../src/main/window/app-scheme.ts';
import type { PeerApp } from '../../../../src/shared/bridge/chat-bridge.ts';
import type { DesktopEvent } from '../../../../src/shared/bridge/desktop-bridge.ts';
import { COMMANDS, type Offer } from '../../../../src/shared/bridge/dispatcher.ts';
import { IPC_CHANNELS } from '../../../../src/shared/bridge/ipc-channels.ts';
import {
  eventFrom,
  eventFromNowhere,
  hostileFrames,
  watchedPage,
} from '../../../support/desktop/hostile-senders.ts';

// Point 17 of Electron's security checklist: the sender of every IPC message is looked at.

type Listener = (event: PageEvent, ...args: unknown[]) => unknown;

const OURS = { origin: APP_ORIGIN, parent: null };

/** Channels that page and preload only send on: none of them answers. */
const SENT = [
  IPC_CHANNELS.pageStarted,
  IPC_CHANNELS.subscribe,
  IPC_CHANNELS.unsubscribe,
  IPC_CHANNELS.taken,
];

/** Every call that there is, and some that there are not. */
const CALLS = [
  ...Object.entries(COMMANDS).flatMap(([channel, names]) =>
    Object.keys(names()).map((name) => [channel, name, {}]),
  ),
  ['chat', 'x', {}],
  ['x'],
  [],
];

/** The whole desktop app's IPC on an `ipcMain` of ours, over a core that notes what reaches it. */
function served() {
  const answering = new Map<string, Listener>();
  const hearing: [string, Listener][] = [];
  const ipcMain = {
    handle: (channel: string, listener: Listener) => void answering.set(channel, listener),
    on: (channel: string, listener: Listener) => hearing.push([channel, listener]),
  };
  const reached: string[] = [];
  const ending = vi.fn();
  const noting = (channel: keyof typeof COMMANDS): object =>
    Object.fromEntries(
      Object.keys(COMMANDS[channel]()).map((name) => [name, () => void reached.push(name)]),
    );
  const subscribe = () => {
    reached.push('subscribe');
    return ending;
  };
  class Notification {
    static isSupported = () => true;
    static handleActivation = () => undefined;
    title = '';
    body = '';
    silent = false;
    show = () => void reached.push('notification shown');
    close = () => void reached.push('notification closed');
    on = () => undefined;
  }
  const host = createHost({
    clipboard: { writeText: async () => void reached.push('clipboard') },
    shell: { openExternal: async () => void reached.push('browser') },
    page: { change: () => void reached.push('preferences') },
    Notification,
    setUnread: () => void reached.push('unread'),
    platform: 'linux',
    scope: 'a1b2',
    sample: () => ({ title: 'Parley', body: '' }),
    after: () => () => undefined,
    presentWindow: () => void reached.push('window'),
  });
  const pushes = new Pushes<DesktopEvent>();
  serveIpc({
    ipcMain,
    origin: APP_ORIGIN,
    onUnexpected: vi.fn(),
    offer: {
      chat: noting('chat') as PeerApp,
      data: noting('data') as NonNullable<Offer['data']>,
      host: host.commands,
      desktop: noting('desktop') as NonNullable<Offer['desktop']>,
    },
    sources: { chat: subscribe, host: host.events, desktop: pushes.subscribe },
  });
  const hear = (event: PageEvent, channel: string, ...args: unknown[]): void => {
    for (const [name, listener] of hearing) if (name === channel) listener(event, ...args);
  };
  const call = (event: PageEvent, ...args: unknown[]) =>
    answering.get(IPC_CHANNELS.call)?.(event, ...args);
  return { answering, call, ending, hear, hearing, pushes, reached };
}

describe('every channel of the desktop app', () => {
  test('is listed here: a new one is tested with the rest', () => {
    const { answering, hearing } = served();
    expect([...answering.keys()]).toEqual([IPC_CHANNELS.call]);
    expect([...new Set(hearing.map(([name]) => name))].sort()).toEqual([...SENT].sort());
  });

  test('answers our own page, unlike other senders', async () => {
    const { call } = served();
    for (const args of CALLS) {
      const answer = await call(eventFrom(OURS, watchedPage()), ...args);
      expect(answer, String(args)).not.toEqual(REFUSED);
    }
  });

  test.each(hostileFrames(APP_ORIGIN))('refuses %s without any effect', async (_name, frame) => {
    const { call, hear, reached } = served();
    const page = watchedPage();
    const event = eventFrom(frame, page);
    for (const args of CALLS) expect(await call(event, ...args), String(args)).toEqual(REFUSED);
    for (const channel of SENT) hear(event, channel, 1, 'chat', 0);
    expect(reached).toEqual([]);
    expect(page.touched).toEqual([]);
  });

  test('refuses a sender that no longer exists', async () => {
    const { call, hear, reached } = served();
    const page = watchedPage();
    const event = eventFromNowhere(page);
    for (const args of CALLS) expect(await call(event, ...args)).toEqual(REFUSED);
    for (const channel of SENT) hear(event, channel, 1, 'chat', 0);
    expect(reached).toEqual([]);
    expect(page.touched).toEqual([]);
  });

  test('refuses any other origin', async () => {
    const { call, reached } = served();
    const origin = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((it) => APP_ORIGIN + it),
      fc.string().map((it) => it + APP_ORIGIN),
    );
    await fc.assert(
      fc.asyncProperty(
        origin.filter((it) => it !== APP_ORIGIN),
        async (foreign) => {
          const event = eventFrom({ origin: foreign, parent: null }, watchedPage());
          for (const args of CALLS) expect(await call(event, ...args)).toEqual(REFUSED);
        },
      ),
      { numRuns: 20 },
    );
    expect(reached).toEqual([]);
  });
});

describe('a foreign sender in the name of our page', () => {
  const page = watchedPage();
  const frame = { origin: APP_ORIGIN, parent: OURS };
  const stranger = eventFrom(frame, page);

  test('cannot end its subscriptions', () => {
    const { ending, hear } = served();
    hear(eventFrom(OURS, page), IPC_CHANNELS.subscribe, 1, 'chat', 0);
    hear(stranger, IPC_CHANNELS.unsubscribe, 1);
    hear(stranger, IPC_CHANNELS.pageStarted);
    expect(ending).not.toHaveBeenCalled();
    hear(eventFrom(OURS, page), IPC_CHANNELS.pageStarted);
    expect(ending).toHaveBeenCalledOnce();
  });

  test('cannot withdraw its notifications', async () => {
    const { call, hear, reached } = served();
    const notice = { contactId: '00000000-0000-7000-8000-000000000001', title: 'B', body: 'H' };
    const shown = await call(eventFrom(OURS, page), 'host', 'notify', { ...notice, count: 1 });
    expect(shown).toMatchObject({ ok: true });
    hear(stranger, IPC_CHANNELS.subscribe, 2, 'host', 0);
    expect(reached).toEqual(['notification shown']);
    hear(eventFrom(OURS, page), IPC_CHANNELS.subscribe, 2, 'host', 0);
    expect(reached).toEqual(['notification shown', 'notification closed']);
  });

  test('cannot take the address in a link that waits for our page', () => {
    const { hear, pushes } = served();
    const own = watchedPage();
    const action = { type: 'connect', address: 'parley://example.org:8080' } as const;
    pushes.ask({ type: 'action', action });
    hear(eventFrom(frame, own), IPC_CHANNELS.subscribe, 3, 'desktop', 0);
    expect(own.touched).toEqual([]);
    hear(eventFrom(OURS, own), IPC_CHANNELS.subscribe, 3, 'desktop', 0);
    expect(own.touched).toContain(`send ${IPC_CHANNELS.events}`);
  });
});
