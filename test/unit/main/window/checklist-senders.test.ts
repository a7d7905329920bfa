import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { serveDesktopIpc } from '../../../../src/main/ipc/desktop-ipc.ts';
import { serveHostIpc } from '../../../../src/main/ipc/host-ipc.ts';
import { serveIpc } from '../../../../src/main/ipc/ipc.ts';
import { type PageEvent, REFUSED } from '../../../../src/main/ipc/sender.ts';
import { APP_ORIGIN } from '../../../../src/main/window/app-scheme.ts';
import { COMMAND_NAMES, type PeerApp } from '../../../../src/shared/bridge/chat-bridge.ts';
import { DATA_NAMES } from '../../../../src/shared/bridge/data-bridge.ts';
import {
  DESKTOP_COMMAND_NAMES,
  type DesktopCommands,
} from '../../../../src/shared/bridge/desktop-bridge.ts';
import { HOST_COMMAND_NAMES } from '../../../../src/shared/bridge/host-bridge.ts';
import {
  commandChannel,
  dataChannel,
  desktopChannel,
  hostChannel,
  IPC_CHANNELS,
} from '../../../../src/shared/bridge/ipc-channels.ts';
import {
  eventFrom,
  eventFromNowhere,
  hostileFrames,
  watchedPage,
} from '../../../support/hostile-senders.ts';

// Point 17 of Electron's security checklist: the sender of every IPC message is looked at.

type Listener = (event: PageEvent, ...args: unknown[]) => unknown;

const OURS = { origin: APP_ORIGIN, parent: null };

/** Channels that page and preload only send on: none of them answers. */
const SENT = [
  IPC_CHANNELS.pageStarted,
  IPC_CHANNELS.subscribe,
  IPC_CHANNELS.unsubscribe,
  IPC_CHANNELS.openListening,
  IPC_CHANNELS.desktopListening,
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
  const noting = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, () => void reached.push(name)]));
  const page = { ipcMain, origin: APP_ORIGIN, onUnexpected: vi.fn() };
  const subscribe = () => {
    reached.push('subscribe');
    return ending;
  };
  serveIpc({
    ...page,
    app: { ...noting(COMMAND_NAMES), subscribe } as unknown as PeerApp,
    data: {
      dataInfo: async () => REFUSED,
      exportData: async () => REFUSED,
      importData: async () => REFUSED,
      ...noting(DATA_NAMES),
    },
    clipboard: { writeText: async () => void reached.push('clipboard') },
    shell: { openExternal: async () => void reached.push('browser') },
  });
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
  serveHostIpc({
    ...page,
    page: { save: () => void reached.push('preferences') },
    Notification,
    setUnread: () => void reached.push('unread'),
    platform: 'linux',
    scope: 'a1b2',
    sample: () => ({ title: 'Parley', body: '' }),
    after: () => () => undefined,
    presentWindow: () => void reached.push('window'),
  });
  const commands = noting(DESKTOP_COMMAND_NAMES) as unknown as DesktopCommands;
  const desktopPage = serveDesktopIpc({ ...page, commands });
  const hear = (event: PageEvent, channel: string, ...args: unknown[]): void => {
    for (const [name, listener] of hearing) if (name === channel) listener(event, ...args);
  };
  return { answering, ending, hear, hearing, reached, desktopPage };
}

describe('every channel of the desktop app', () => {
  test('is listed here: a new one is tested with the rest', () => {
    const { answering, hearing } = served();
    const all = [
      ...COMMAND_NAMES.map(commandChannel),
      ...DATA_NAMES.map(dataChannel),
      ...HOST_COMMAND_NAMES.map(hostChannel),
      ...DESKTOP_COMMAND_NAMES.map(desktopChannel),
      IPC_CHANNELS.copyText,
      IPC_CHANNELS.openExternal,
    ];
    expect([...answering.keys()].sort()).toEqual(all.sort());
    expect([...new Set(hearing.map(([name]) => name))].sort()).toEqual([...SENT].sort());
  });

  test('answers our own page, unlike other senders', async () => {
    const { answering } = served();
    for (const [channel, listener] of answering) {
      const answer = await listener(eventFrom(OURS, watchedPage()), 'x');
      expect(answer, channel).not.toEqual(REFUSED);
    }
  });

  test.each(hostileFrames(APP_ORIGIN))('refuses %s without any effect', async (_name, frame) => {
    const { answering, hear, reached } = served();
    const page = watchedPage();
    const event = eventFrom(frame, page);
    for (const [channel, listener] of answering) {
      expect(await listener(event, {}), channel).toEqual(REFUSED);
      expect(await listener(event, 'https://example.org/'), channel).toEqual(REFUSED);
    }
    for (const channel of SENT) hear(event, channel, 1, 0);
    expect(reached).toEqual([]);
    expect(page.touched).toEqual([]);
  });

  test('refuses a sender that no longer exists', async () => {
    const { answering, hear, reached } = served();
    const page = watchedPage();
    const event = eventFromNowhere(page);
    for (const listener of answering.values()) expect(await listener(event, {})).toEqual(REFUSED);
    for (const channel of SENT) hear(event, channel, 1, 0);
    expect(reached).toEqual([]);
    expect(page.touched).toEqual([]);
  });

  test('refuses any other origin', async () => {
    const { answering, reached } = served();
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
          for (const listener of answering.values()) {
            expect(await listener(event, {})).toEqual(REFUSED);
          }
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
    hear(eventFrom(OURS, page), IPC_CHANNELS.subscribe, 1, 0);
    hear(stranger, IPC_CHANNELS.unsubscribe, 1);
    hear(stranger, IPC_CHANNELS.pageStarted);
    expect(ending).not.toHaveBeenCalled();
    hear(eventFrom(OURS, page), IPC_CHANNELS.pageStarted);
    expect(ending).toHaveBeenCalledOnce();
  });

  test('cannot withdraw its notifications', async () => {
    const { answering, hear, reached } = served();
    const notice = { contactId: '00000000-0000-7000-8000-000000000001', title: 'B', body: 'H' };
    const shown = await answering.get(hostChannel('notify'))?.(eventFrom(OURS, page), {
      ...notice,
      count: 1,
    });
    expect(shown).toMatchObject({ ok: true });
    hear(stranger, IPC_CHANNELS.openListening);
    expect(reached).toEqual(['notification shown']);
    hear(eventFrom(OURS, page), IPC_CHANNELS.openListening);
    expect(reached).toEqual(['notification shown', 'notification closed']);
  });

  test('cannot take the address in a link that waits for our page', () => {
    const { hear, desktopPage } = served();
    const own = watchedPage();
    desktopPage.perform({ type: 'connect', address: 'parley://example.org:8080' });
    hear(eventFrom(frame, own), IPC_CHANNELS.desktopListening);
    expect(own.touched).toEqual([]);
    hear(eventFrom(OURS, own), IPC_CHANNELS.desktopListening);
    expect(own.touched).toContain(`send ${IPC_CHANNELS.desktopAction}`);
  });
});
