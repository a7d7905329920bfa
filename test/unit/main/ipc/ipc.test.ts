import { describe, expect, test, vi } from 'vitest';
import { serveIpc } from '../../../../src/main/ipc/ipc.ts';
import type { IpcPort, PageEvent } from '../../../../src/main/ipc/sender.ts';
import type { PageContents } from '../../../../src/main/ipc/subscriptions.ts';
import type { PeerApp } from '../../../../src/shared/bridge/chat-bridge.ts';
import type { EventBatch } from '../../../../src/shared/bridge/events.ts';
import { IPC_CHANNELS } from '../../../../src/shared/bridge/ipc-channels.ts';
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
  const commands = { connect: vi.fn(), snapshot: vi.fn() };
  const app = {
    ...commands,
    subscribe: vi.fn((_afterSeq: number, listener: (batch: EventBatch) => void) => {
      live.add(listener);
      return () => void live.delete(listener);
    }),
  } as Record<string, ReturnType<typeof vi.fn>> & Pick<PeerApp, 'subscribe'>;
  const onUnexpected = vi.fn();
  serveIpc({
    ipcMain,
    offer: { chat: app as unknown as PeerApp },
    sources: { chat: app.subscribe },
    origin: ORIGIN,
    onUnexpected,
  });
  const page = fakePage();
  const call = (channel: string, args: unknown[], origin = ORIGIN, from = page): unknown =>
    handlers.get(channel)?.({ sender: from, senderFrame: { origin, parent: null } }, ...args);
  /** A command of the core. */
  const ask = (name: string, input: unknown, origin = ORIGIN) =>
    call(IPC_CHANNELS.call, ['chat', name, input], origin);
  return { app, ask, call, live, onUnexpected, page };
}

describe('commands from the page', () => {
  test('reach the core with parsed input and come back as an outcome', async () => {
    const { app, ask } = harness();
    app['connect']?.mockResolvedValue({ contactId: 'c' });
    const outcome = await ask('connect', { address: 'h:1' });
    expect(outcome).toEqual({ ok: true, value: { contactId: 'c' } });
    expect(app['connect']).toHaveBeenCalledWith({ address: 'h:1' });
  });

  test('come back as a problem when the core says so', async () => {
    const { app, ask, onUnexpected } = harness();
    const said = problem('bad-address', { reason: 'No.' });
    app['connect']?.mockRejectedValue(new ProblemError(said));
    const outcome = await ask('connect', { address: '' });
    expect(outcome).toEqual({ ok: false, problem: said });
    expect(onUnexpected).not.toHaveBeenCalled();
  });

  test('show the user no raw error, and log it', async () => {
    const { app, ask, onUnexpected } = harness();
    const error = new Error('SQLITE_BUSY at /home/ann');
    app['snapshot']?.mockRejectedValue(error);
    const outcome = await ask('snapshot', {});
    expect(outcome).toEqual({ ok: false, problem: problem('internal') });
    expect(onUnexpected).toHaveBeenCalledWith(error);
  });

  test.each([[undefined], [null], [7], [{ address: 7 }], [{ address: 'a', more: 1 }], [['a']]])(
    'do not reach the core with %j as input',
    async (input) => {
      const { app, ask } = harness();
      const outcome = await ask('connect', input);
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
      expect(app['connect']).not.toHaveBeenCalled();
    },
  );

  test.each(['connect', 'snapshot'])('are refused to other origins: %s', async (name) => {
    const { app, ask } = harness();
    const outcome = await ask(name, {}, 'https://example.org');
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(app[name]).not.toHaveBeenCalled();
  });
});

describe('events to the page', () => {
  test('are sent under the number that the page gave, until it unsubscribes', () => {
    const { app, call, live, page } = harness();
    call(IPC_CHANNELS.subscribe, [3, 'chat', 41]);
    expect(app.subscribe).toHaveBeenCalledWith(41, expect.any(Function));
    for (const listener of live) listener(BATCH);
    expect(page.got).toEqual([[IPC_CHANNELS.events, 3, BATCH]]);
    call(IPC_CHANNELS.unsubscribe, [3]);
    expect(live.size).toBe(0);
  });

  test('wait until the page has taken those before, and come together then', async () => {
    const { call, live, page } = harness();
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
    const event = { type: 'typing', contactId: 'c', until: 0 } as const;
    for (const seq of [1, 2, 3]) {
      for (const listener of live) listener({ type: 'events', events: [{ seq, event }] });
    }
    const seqs = () =>
      page.got.map((it) => (it[2] as EventBatch & { type: 'events' }).events.map(({ seq }) => seq));
    expect(seqs()).toEqual([[1]]);
    call(IPC_CHANNELS.taken, [7]);
    call(IPC_CHANNELS.taken, [1]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seqs()).toEqual([[1], [2, 3]]);
  });

  test('end when the page is reloaded, crashes or is closed', () => {
    const { call, live, page } = harness();
    const endings = [
      () => call(IPC_CHANNELS.pageStarted, []),
      () => page.fire('render-process-gone'),
      () => page.fire('destroyed'),
    ];
    for (const end of endings) {
      call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
      expect(live.size).toBe(1);
      end();
      expect(live.size).toBe(0);
    }
  });

  test('are not sent to a page that is just being destroyed', () => {
    const { call, live, page } = harness();
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
    const [listener] = live;
    page.fire('destroyed');
    expect(() => listener?.(BATCH)).not.toThrow();
  });

  test('of one page are not ended by another', () => {
    const { call, live } = harness();
    const other = fakePage();
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0], ORIGIN, other);
    call(IPC_CHANNELS.unsubscribe, [1], ORIGIN, other);
    expect(live.size).toBe(1);
  });

  test('are not doubled by a number used twice, nor without bound by many', () => {
    const { call, live } = harness();
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0]);
    expect(live.size).toBe(1);
    for (let id = 0; id < 100; id += 1) call(IPC_CHANNELS.subscribe, [id, 'chat', 0]);
    expect(live.size).toBe(8);
  });

  test.each([
    [['1', 'chat', 0]],
    [[1, 'chat']],
    [[-1, 'chat', 0]],
    [[1, 'chat', Number.NaN]],
    [[1.5, 'chat', 0]],
    [[1, 'data', 0]],
    [[1, '__proto__', 0]],
    [[]],
  ])('are not subscribed to with %j', (args) => {
    const { app, call } = harness();
    call(IPC_CHANNELS.subscribe, args);
    expect(app.subscribe).not.toHaveBeenCalled();
  });

  test('are not sent to other origins', () => {
    const { app, call } = harness();
    call(IPC_CHANNELS.subscribe, [1, 'chat', 0], 'https://example.org');
    expect(app.subscribe).not.toHaveBeenCalled();
  });
});
