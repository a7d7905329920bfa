import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COMMAND_NAMES } from '../../../src/shared/bridge/chat-bridge.ts';
import { DATA_NAMES } from '../../../src/shared/bridge/data-bridge.ts';
import { DESKTOP_COMMAND_NAMES } from '../../../src/shared/bridge/desktop-bridge.ts';
import { HOST_COMMAND_NAMES } from '../../../src/shared/bridge/host-bridge.ts';
import {
  commandChannel,
  dataChannel,
  desktopChannel,
  hostChannel,
  IPC_CHANNELS,
} from '../../../src/shared/bridge/ipc-channels.ts';

// Point 20 of Electron's security checklist: pages get functions of ours, and nothing of Electron's.

type Call = (...args: unknown[]) => unknown;

const exposed: [string, Record<string, unknown>][] = [];
const sent: unknown[][] = [];
const heard = new Map<string, Call>();

beforeEach(async () => {
  exposed.length = 0;
  sent.length = 0;
  heard.clear();
  vi.doMock('electron', () => ({
    contextBridge: {
      exposeInMainWorld: (name: string, api: Record<string, unknown>) => exposed.push([name, api]),
    },
    ipcRenderer: {
      send: (...args: unknown[]) => void sent.push(args),
      invoke: async (...args: unknown[]) => void sent.push(args),
      on: (channel: string, listener: Call) => heard.set(channel, listener),
    },
  }));
  await import('../../../src/preload/index.ts');
  // What it says by itself: that a new page has begun.
  expect(sent.splice(0)).toEqual([[IPC_CHANNELS.pageStarted]]);
});
afterEach(() => {
  vi.doUnmock('electron');
  vi.resetModules();
});

function bridge(): Record<string, unknown> & { desktop: Record<string, unknown> } {
  const [[name, api] = ['', {}], ...more] = exposed;
  expect([name, more]).toEqual(['parley', []]);
  return api as ReturnType<typeof bridge>;
}

test('a page gets exactly these names, each a function', () => {
  const { desktop, host, ...functions } = bridge();
  expect(host).toBe('electron');
  expect(Object.keys(functions).sort()).toEqual(
    [
      ...COMMAND_NAMES,
      ...DATA_NAMES,
      ...HOST_COMMAND_NAMES,
      ...['copyText', 'openExternal', 'onOpenConversation', 'subscribe'],
    ].sort(),
  );
  expect(Object.keys(desktop).sort()).toEqual(
    [...DESKTOP_COMMAND_NAMES, 'onDesktopState', 'onDesktopAction'].sort(),
  );
  const all = [...Object.values(functions), ...Object.values(desktop)];
  expect(all.filter((it) => typeof it !== 'function')).toEqual([]);
});

test('a page chooses neither the channel nor the number of arguments', async () => {
  const api = bridge();
  const { desktop } = api;
  const row = (part: Record<string, unknown>, name: string, ...message: unknown[]) =>
    [part, name, message] as const;
  const expected = [
    ...COMMAND_NAMES.map((it) => row(api, it, commandChannel(it), 'a')),
    ...HOST_COMMAND_NAMES.map((it) => row(api, it, hostChannel(it), 'a')),
    ...DESKTOP_COMMAND_NAMES.map((it) => row(desktop, it, desktopChannel(it), 'a')),
    ...DATA_NAMES.map((it) => row(api, it, dataChannel(it))),
    row(api, 'copyText', IPC_CHANNELS.copyText, 'a'),
    row(api, 'openExternal', IPC_CHANNELS.openExternal, 'a'),
  ];
  for (const [part, name, message] of expected) {
    await (part[name] as Call)('a', 'parley:other', 'more');
    expect(sent.splice(0), name).toEqual([message]);
  }
});

test('a page gets the payload, never the event, which exposes its sender', () => {
  const api = bridge();
  const told: unknown[][] = [];
  const listener: Call = (...args) => void told.push(args);
  (api['subscribe'] as Call)(7, listener);
  (api['onOpenConversation'] as Call)(listener);
  (api.desktop['onDesktopState'] as Call)(listener);
  (api.desktop['onDesktopAction'] as Call)(listener);
  const event = { sender: { send: vi.fn() }, ports: [] };
  heard.get(IPC_CHANNELS.events)?.(event, 1, 'batch');
  heard.get(IPC_CHANNELS.openConversation)?.(event, 'contact');
  heard.get(IPC_CHANNELS.desktopState)?.(event, 'state');
  heard.get(IPC_CHANNELS.desktopAction)?.(event, 'action');
  expect(told).toEqual([['batch'], ['contact'], ['state'], ['action']]);
  const { events, openConversation, desktopState, desktopAction } = IPC_CHANNELS;
  expect([...heard.keys()].sort()).toEqual(
    [events, openConversation, desktopState, desktopAction].sort(),
  );
});
