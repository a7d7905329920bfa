import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IPC_CHANNELS } from '../../../src/shared/bridge/ipc-channels.ts';

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

function transport(): Record<string, unknown> {
  const [[name, api] = ['', {}], ...more] = exposed;
  expect([name, more]).toEqual(['parley', []]);
  return api;
}

test('a page gets exactly these names', () => {
  const { channels, ...functions } = transport();
  expect(channels).toEqual(['chat', 'data', 'host', 'desktop']);
  expect(Object.keys(functions).sort()).toEqual(['call', 'subscribe']);
  expect(Object.values(functions).every((it) => typeof it === 'function')).toBe(true);
});

test('a page chooses neither Electron’s channel nor the number of arguments', async () => {
  const { call, subscribe } = transport() as Record<string, Call>;
  await call?.('chat', 'connect', 'input', 'more');
  const unsubscribe = subscribe?.('host', 7, () => {}, 'more') as () => void;
  unsubscribe();
  unsubscribe();
  expect(sent).toEqual([
    [IPC_CHANNELS.call, 'chat', 'connect', 'input'],
    [IPC_CHANNELS.subscribe, 1, 'host', 7],
    [IPC_CHANNELS.unsubscribe, 1],
  ]);
});

test('a page gets the payload, never the event, which exposes its sender', () => {
  const told: unknown[][] = [];
  (transport()['subscribe'] as Call)('chat', 7, (...args: unknown[]) => told.push(args));
  const event = { sender: { send: vi.fn() }, ports: [] };
  heard.get(IPC_CHANNELS.events)?.(event, 1, 'batch');
  heard.get(IPC_CHANNELS.events)?.(event, 2, 'of another');
  expect(told).toEqual([['batch']]);
  expect([...heard.keys()]).toEqual([IPC_CHANNELS.events]);
  expect(sent.slice(1)).toEqual([
    [IPC_CHANNELS.taken, 1],
    [IPC_CHANNELS.taken, 2],
  ]);
});
