import { describe, expect, test, vi } from 'vitest';
import { serveDesktopIpc } from '../../../../src/main/ipc/desktop-ipc.ts';
import type { IpcPort, PageEvent } from '../../../../src/main/ipc/sender.ts';
import type { PageContents } from '../../../../src/main/ipc/subscriptions.ts';
import {
  DESKTOP_COMMAND_NAMES,
  type DesktopCommands,
  type DesktopState,
} from '../../../../src/shared/bridge/desktop-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';
import { desktopChannel, IPC_CHANNELS } from '../../../../src/shared/bridge/ipc-channels.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

const ORIGIN = 'parley-app://bundle';
const STATE = { closing: 'choice' } as DesktopState;
const SETTINGS = { type: 'settings' } as const;
const LINK = { type: 'connect', address: 'parley://example.org:8080' } as const;

function fakePage() {
  const listeners = new Map<string, (() => void)[]>();
  const got: unknown[][] = [];
  let destroyed = false;
  const listen = (event: string, listener: () => void): void => {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  };
  const page: PageContents = {
    send: (...sent) => void got.push(sent),
    isDestroyed: () => destroyed,
    once: listen,
    on: listen,
  };
  const fire = (event: 'destroyed' | 'render-process-gone'): void => {
    destroyed ||= event === 'destroyed';
    for (const listener of listeners.get(event) ?? []) listener();
  };
  const heard = (): number => [...listeners.values()].flat().length;
  return { fire, got, heard, page };
}

function harness() {
  const handlers = new Map<string, ((event: PageEvent, ...args: unknown[]) => unknown)[]>();
  const add = (channel: string, handler: (event: PageEvent, ...args: unknown[]) => unknown) =>
    handlers.set(channel, [...(handlers.get(channel) ?? []), handler]);
  const ipcMain: IpcPort = { handle: (...it) => void add(...it), on: add };
  const commands = Object.fromEntries(
    DESKTOP_COMMAND_NAMES.map((name) => [name, vi.fn((): unknown => null)]),
  ) as { [Name in keyof DesktopCommands]: ReturnType<typeof vi.fn<() => unknown>> };
  const onUnexpected = vi.fn();
  const pushes = serveDesktopIpc({
    ipcMain,
    commands: commands as unknown as DesktopCommands,
    origin: ORIGIN,
    onUnexpected,
  });
  const call = (channel: string, from: PageContents, input?: unknown, origin = ORIGIN): unknown => {
    const event = { sender: from, senderFrame: { origin, parent: null } };
    return (handlers.get(channel) ?? []).map((handler) => handler(event, input))[0];
  };
  return { call, commands, handlers, onUnexpected, pushes };
}

describe('what the page asks of the desktop app', () => {
  test('has a channel for each command, and two to say that the page is there', () => {
    const { handlers } = harness();
    expect([...handlers.keys()].sort()).toEqual(
      [
        ...DESKTOP_COMMAND_NAMES.map(desktopChannel),
        IPC_CHANNELS.desktopListening,
        IPC_CHANNELS.pageStarted,
      ].sort(),
    );
  });

  test('is answered', () => {
    const { call, commands } = harness();
    commands.updateDesktop.mockReturnValue(STATE);
    const { page } = fakePage();
    const wanted = { closeToTray: true };
    expect(call(desktopChannel('updateDesktop'), page, wanted)).toEqual({ ok: true, value: STATE });
    expect(commands.updateDesktop).toHaveBeenCalledWith(wanted);
    expect(call(desktopChannel('setDesktopTexts'), page, ENGLISH_DESKTOP_TEXTS)).toMatchObject({
      ok: true,
    });
  });

  test.each(DESKTOP_COMMAND_NAMES)('is refused to other origins: %s', (name) => {
    const { call, commands } = harness();
    const outcome = call(desktopChannel(name), fakePage().page, {}, 'https://example.org');
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(commands[name]).not.toHaveBeenCalled();
  });

  test.each([
    ['desktopState', undefined],
    ['desktopState', { more: 1 }],
    ['updateDesktop', { closeToTray: 'yes' }],
    ['updateDesktop', { toldOfTray: false }],
    ['updateDesktop', null],
    ['installUpdate', { url: 'https://example.org' }],
    ['openLog', '/etc/passwd'],
    ['setDesktopTexts', {}],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, quit: '' }],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, quit: 'x'.repeat(201) }],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, more: 'text' }],
  ] as const)('is refused when it makes no sense: %s %j', (name, input) => {
    const { call, commands } = harness();
    const outcome = call(desktopChannel(name), fakePage().page, input);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(commands[name]).not.toHaveBeenCalled();
  });

  test('is answered with what is wrong, and what nobody foresaw is written down', () => {
    const { call, commands, onUnexpected } = harness();
    const { page } = fakePage();
    const foreseen = problem('file-unusable', { file: '/x', reason: 'the disk is full.' });
    commands.updateDesktop.mockImplementation(() => {
      throw new ProblemError(foreseen);
    });
    expect(call(desktopChannel('updateDesktop'), page, {})).toEqual({
      ok: false,
      problem: foreseen,
    });
    expect(onUnexpected).not.toHaveBeenCalled();
    commands.openLog.mockImplementation(() => {
      throw new Error('unforeseen');
    });
    expect(call(desktopChannel('openLog'), page, {})).toMatchObject({
      problem: { code: 'internal' },
    });
    expect(onUnexpected).toHaveBeenCalledOnce();
  });
});

describe('what the page is told', () => {
  const state = [IPC_CHANNELS.desktopState, STATE];
  const sent = (it: unknown) => [IPC_CHANNELS.desktopAction, it];

  test('comes to the page that listens', () => {
    const { call, pushes } = harness();
    const { got, page } = fakePage();
    call(IPC_CHANNELS.desktopListening, page);
    pushes.show(STATE);
    pushes.perform(SETTINGS);
    expect(got).toEqual([state, sent(SETTINGS)]);
  });

  test('keeps the last desktop action until a page listens, and delivers it once', () => {
    const { call, pushes } = harness();
    pushes.perform(SETTINGS);
    pushes.perform(LINK);
    pushes.show(STATE);
    const { got, page } = fakePage();
    call(IPC_CHANNELS.desktopListening, page);
    call(IPC_CHANNELS.desktopListening, page);
    expect(got).toEqual([sent(LINK)]);
  });

  test('waits while the page is loaded anew, and after it has gone or crashed', () => {
    const endings = [
      (it: ReturnType<typeof harness>, { page }: ReturnType<typeof fakePage>) =>
        it.call(IPC_CHANNELS.pageStarted, page),
      (_: unknown, { fire }: ReturnType<typeof fakePage>) => fire('render-process-gone'),
      (_: unknown, { fire }: ReturnType<typeof fakePage>) => fire('destroyed'),
    ];
    for (const end of endings) {
      const it = harness();
      const old = fakePage();
      it.call(IPC_CHANNELS.desktopListening, old.page);
      end(it, old);
      it.pushes.perform(LINK);
      expect(old.got).toEqual([]);
      const next = fakePage();
      it.call(IPC_CHANNELS.desktopListening, next.page);
      expect(next.got).toEqual([sent(LINK)]);
    }
  });

  test('is not told to other origins', () => {
    const { call, pushes } = harness();
    const { got, page } = fakePage();
    call(IPC_CHANNELS.desktopListening, page, undefined, 'https://example.org');
    pushes.perform(LINK);
    expect(got).toEqual([]);
  });

  test('does not gather listeners when the page is loaded again and again', () => {
    const { call } = harness();
    const { heard, page } = fakePage();
    for (let times = 0; times < 20; times += 1) call(IPC_CHANNELS.desktopListening, page);
    expect(heard()).toBe(2);
  });
});
