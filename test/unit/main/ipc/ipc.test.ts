import { describe, expect, test, vi } from 'vitest';
import { serveIpc } from '../../../../src/main/ipc/ipc.ts';
import type { IpcPort, PageEvent } from '../../../../src/main/ipc/sender.ts';
import type { PageContents } from '../../../../src/main/ipc/subscriptions.ts';
import { COMMAND_NAMES, type PeerApp } from '../../../../src/shared/bridge/chat-bridge.ts';
import { DATA_NAMES } from '../../../../src/shared/bridge/data-bridge.ts';
import type { EventBatch } from '../../../../src/shared/bridge/events.ts';
import {
  commandChannel,
  dataChannel,
  IPC_CHANNELS,
} from '../../../../src/shared/bridge/ipc-channels.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

const ORIGIN = 'parley-app://bundle';
const BATCH: EventBatch = { type: 'gap' };

interface FakePage extends PageContents {
  readonly got: unknown[][];
  readonly fire: (event: 'destroyed' | 'render-process-gone') => void;
}

function fakePage(): FakePage {
  const listeners = new Map<string, () => void>();
  const got: unknown[][] = [];
  let destroyed = false;
  const listen = (event: string, listener: () => void): unknown => listeners.set(event, listener);
  return {
    got,
    send: (...sent) => {
      if (destroyed) throw new TypeError('Object has been destroyed');
      got.push(sent);
    },
    isDestroyed: () => destroyed,
    once: listen,
    on: listen,
    fire: (event) => {
      destroyed ||= event === 'destroyed';
      listeners.get(event)?.();
    },
  };
}

function harness() {
  const handlers = new Map<string, (event: PageEvent, ...args: unknown[]) => unknown>();
  const ipcMain: IpcPort = {
    handle: (channel, handler) => void handlers.set(channel, handler),
    on: (channel, handler) => handlers.set(channel, handler),
  };
  const live = new Set<(batch: EventBatch) => void>();
  const commands = Object.fromEntries(COMMAND_NAMES.map((name) => [name, vi.fn()]));
  const app = {
    ...commands,
    subscribe: vi.fn((_afterSeq: number, listener: (batch: EventBatch) => void) => {
      live.add(listener);
      return () => void live.delete(listener);
    }),
  } as Record<string, ReturnType<typeof vi.fn>> & Pick<PeerApp, 'subscribe'>;
  const clipboard = { writeText: vi.fn(async () => {}) };
  const data = { dataInfo: vi.fn(), exportData: vi.fn(), importData: vi.fn() };
  const shell = { openExternal: vi.fn(async (_url: string) => {}) };
  const onUnexpected = vi.fn();
  serveIpc({
    ipcMain,
    app: app as unknown as PeerApp,
    data,
    clipboard,
    shell,
    origin: ORIGIN,
    onUnexpected,
  });
  const page = fakePage();
  const call = (channel: string, args: unknown[], origin = ORIGIN, from = page): unknown =>
    handlers.get(channel)?.({ sender: from, senderFrame: { origin, parent: null } }, ...args);
  return { app, call, clipboard, data, handlers, live, onUnexpected, page, shell };
}

describe('commands from the page', () => {
  test('have a channel each, and nothing else has', () => {
    const { handlers } = harness();
    const { copyText, openExternal, pageStarted, subscribe, unsubscribe } = IPC_CHANNELS;
    const own = [copyText, openExternal, pageStarted, subscribe, unsubscribe];
    expect([...handlers.keys()].sort()).toEqual(
      [...COMMAND_NAMES.map(commandChannel), ...DATA_NAMES.map(dataChannel), ...own].sort(),
    );
  });

  test('reach the core with parsed input and come back as an outcome', async () => {
    const { app, call } = harness();
    app['connect']?.mockResolvedValue({ contactId: 'c' });
    const outcome = await call(commandChannel('connect'), [{ address: 'h:1' }]);
    expect(outcome).toEqual({ ok: true, value: { contactId: 'c' } });
    expect(app['connect']).toHaveBeenCalledWith({ address: 'h:1' });
  });

  test('come back as a problem when the core says so', async () => {
    const { app, call, onUnexpected } = harness();
    const said = problem('bad-address', { reason: 'No.' });
    app['connect']?.mockRejectedValue(new ProblemError(said));
    const outcome = await call(commandChannel('connect'), [{ address: '' }]);
    expect(outcome).toEqual({ ok: false, problem: said });
    expect(onUnexpected).not.toHaveBeenCalled();
  });

  test('show the user no raw error, and log it', async () => {
    const { app, call, onUnexpected } = harness();
    const error = new Error('SQLITE_BUSY at /home/ann');
    app['snapshot']?.mockRejectedValue(error);
    const outcome = await call(commandChannel('snapshot'), [{}]);
    expect(outcome).toEqual({ ok: false, problem: problem('internal') });
    expect(onUnexpected).toHaveBeenCalledWith(error);
  });

  test.each([[undefined], [null], [7], [{ address: 7 }], [{ address: 'a', more: 1 }], [['a']]])(
    'do not reach the core with %j as input',
    async (input) => {
      const { app, call } = harness();
      const outcome = await call(commandChannel('connect'), [input]);
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
      expect(app['connect']).not.toHaveBeenCalled();
    },
  );

  test.each(COMMAND_NAMES)('are refused to other origins: %s', async (name) => {
    const { app, call } = harness();
    const outcome = await call(commandChannel(name), [{}], 'https://example.org');
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(app[name]).not.toHaveBeenCalled();
  });
});

describe('copying', () => {
  test('puts a text on the clipboard', async () => {
    const { call, clipboard } = harness();
    expect(await call(IPC_CHANNELS.copyText, ['h:1'])).toEqual({ ok: true, value: null });
    expect(clipboard.writeText).toHaveBeenCalledWith('h:1');
  });

  test('that the system refuses is told, and ends nothing', async () => {
    const { call, clipboard, onUnexpected } = harness();
    const error = new Error('no clipboard');
    clipboard.writeText.mockRejectedValue(error);
    const outcome = await call(IPC_CHANNELS.copyText, ['h:1']);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'internal' } });
    expect(onUnexpected).toHaveBeenCalledWith(error);
  });

  test('is refused for anything but a text, for a huge one, and to other origins', async () => {
    const { call, clipboard } = harness();
    await call(IPC_CHANNELS.copyText, [{ toString: () => 'x' }]);
    await call(IPC_CHANNELS.copyText, ['x'.repeat(1_000_001)]);
    await call(IPC_CHANNELS.copyText, ['h:1'], 'null');
    expect(clipboard.writeText).not.toHaveBeenCalled();
  });
});

describe('opening a web page', () => {
  test('hands the address to the system, its host in ASCII', async () => {
    const { call, shell } = harness();
    const outcome = await call(IPC_CHANNELS.openExternal, ['https://bücher.example/a?b#c']);
    expect(outcome).toEqual({ ok: true, value: null });
    expect(shell.openExternal).toHaveBeenCalledWith('https://xn--bcher-kva.example/a?b#c');
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
  ])('is refused for %j', async (text) => {
    const { call, shell } = harness();
    const outcome = await call(IPC_CHANNELS.openExternal, [text]);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'link-refused' } });
    expect(shell.openExternal).not.toHaveBeenCalled();
  });

  test('is refused to other origins', async () => {
    const { call, shell } = harness();
    await call(IPC_CHANNELS.openExternal, ['https://example.org/'], 'https://example.org');
    expect(shell.openExternal).not.toHaveBeenCalled();
  });

  test('says so when the system has nothing to open it with', async () => {
    const { call, shell } = harness();
    shell.openExternal.mockRejectedValue(new Error('xdg-open: not found'));
    const outcome = await call(IPC_CHANNELS.openExternal, ['https://example.org/']);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'no-browser' } });
  });
});

describe('events to the page', () => {
  test('are sent under the number that the page gave, until it unsubscribes', () => {
    const { app, call, live, page } = harness();
    call(IPC_CHANNELS.subscribe, [3, 41]);
    expect(app.subscribe).toHaveBeenCalledWith(41, expect.any(Function));
    for (const listener of live) listener(BATCH);
    expect(page.got).toEqual([[IPC_CHANNELS.events, 3, BATCH]]);
    call(IPC_CHANNELS.unsubscribe, [3]);
    expect(live.size).toBe(0);
  });

  test('end when the page is reloaded, crashes or is closed', () => {
    const { call, live, page } = harness();
    const endings = [
      () => call(IPC_CHANNELS.pageStarted, []),
      () => page.fire('render-process-gone'),
      () => page.fire('destroyed'),
    ];
    for (const end of endings) {
      call(IPC_CHANNELS.subscribe, [1, 0]);
      expect(live.size).toBe(1);
      end();
      expect(live.size).toBe(0);
    }
  });

  test('are not sent to a page that is just being destroyed', () => {
    const { call, live, page } = harness();
    call(IPC_CHANNELS.subscribe, [1, 0]);
    const [listener] = live;
    page.fire('destroyed');
    expect(() => listener?.(BATCH)).not.toThrow();
  });

  test('of one page are not ended by another', () => {
    const { call, live } = harness();
    const other = fakePage();
    call(IPC_CHANNELS.subscribe, [1, 0]);
    call(IPC_CHANNELS.subscribe, [1, 0], ORIGIN, other);
    call(IPC_CHANNELS.unsubscribe, [1], ORIGIN, other);
    expect(live.size).toBe(1);
  });

  test('are not doubled by a number used twice, nor without bound by many', () => {
    const { call, live } = harness();
    call(IPC_CHANNELS.subscribe, [1, 0]);
    call(IPC_CHANNELS.subscribe, [1, 0]);
    expect(live.size).toBe(1);
    for (let id = 0; id < 100; id += 1) call(IPC_CHANNELS.subscribe, [id, 0]);
    expect(live.size).toBe(8);
  });

  test.each([[['1', 0]], [[1]], [[-1, 0]], [[1, Number.NaN]], [[1.5, 0]], [[]]])(
    'are not subscribed to with %j',
    (args) => {
      const { app, call } = harness();
      call(IPC_CHANNELS.subscribe, args);
      expect(app.subscribe).not.toHaveBeenCalled();
    },
  );

  test('are not sent to other origins', () => {
    const { app, call } = harness();
    call(IPC_CHANNELS.subscribe, [1, 0], 'https://example.org');
    expect(app.subscribe).not.toHaveBeenCalled();
  });
});

describe('the data as a whole', () => {
  test.each(DATA_NAMES)('is dealt with by the host: %s', async (name) => {
    const { call, data } = harness();
    const outcome = { ok: true, value: { type: 'cancelled' } };
    data[name].mockResolvedValue(outcome);
    expect(await call(dataChannel(name), [])).toEqual(outcome);
  });

  test.each(DATA_NAMES)('is refused to other origins: %s', async (name) => {
    const { call, data } = harness();
    const outcome = await call(dataChannel(name), [], 'https://example.org');
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(data[name]).not.toHaveBeenCalled();
  });
});
