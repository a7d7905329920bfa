import { describe, expect, test, vi } from 'vitest';
import type { IpcPort, PageEvent } from '../../../../src/main/ipc/sender.ts';
import { serveShellIpc } from '../../../../src/main/ipc/shell-ipc.ts';
import type { PageContents } from '../../../../src/main/ipc/subscriptions.ts';
import { IPC_CHANNELS, shellChannel } from '../../../../src/shared/bridge/ipc-channels.ts';
import {
  SHELL_COMMAND_NAMES,
  type ShellCommands,
  type ShellState,
} from '../../../../src/shared/bridge/shell-bridge.ts';
import { ENGLISH_SHELL_TEXTS } from '../../../../src/shared/bridge/shell-texts.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';

const ORIGIN = 'parley-app://bundle';
const STATE = { closing: 'choice' } as ShellState;
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
    SHELL_COMMAND_NAMES.map((name) => [name, vi.fn((): unknown => null)]),
  ) as { [Name in keyof ShellCommands]: ReturnType<typeof vi.fn<() => unknown>> };
  const onUnexpected = vi.fn();
  const shell = serveShellIpc({
    ipcMain,
    commands: commands as unknown as ShellCommands,
    origin: ORIGIN,
    onUnexpected,
  });
  const call = (channel: string, from: PageContents, input?: unknown, origin = ORIGIN): unknown => {
    const event = { sender: from, senderFrame: { origin, parent: null } };
    return (handlers.get(channel) ?? []).map((handler) => handler(event, input))[0];
  };
  return { call, commands, handlers, onUnexpected, shell };
}

describe('what the page asks of the desktop app', () => {
  test('has a channel for each command, and two to say that the page is there', () => {
    const { handlers } = harness();
    expect([...handlers.keys()].sort()).toEqual(
      [
        ...SHELL_COMMAND_NAMES.map(shellChannel),
        IPC_CHANNELS.shellListening,
        IPC_CHANNELS.pageStarted,
      ].sort(),
    );
  });

  test('is answered', () => {
    const { call, commands } = harness();
    commands.updateShell.mockReturnValue(STATE);
    const { page } = fakePage();
    const wanted = { closeToTray: true };
    expect(call(shellChannel('updateShell'), page, wanted)).toEqual({ ok: true, value: STATE });
    expect(commands.updateShell).toHaveBeenCalledWith(wanted);
    expect(call(shellChannel('setShellTexts'), page, ENGLISH_SHELL_TEXTS)).toMatchObject({
      ok: true,
    });
  });

  test.each(SHELL_COMMAND_NAMES)('is refused to other origins: %s', (name) => {
    const { call, commands } = harness();
    const outcome = call(shellChannel(name), fakePage().page, {}, 'https://example.org');
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(commands[name]).not.toHaveBeenCalled();
  });

  test.each([
    ['shellState', undefined],
    ['shellState', { more: 1 }],
    ['updateShell', { closeToTray: 'yes' }],
    ['updateShell', { toldOfTray: false }],
    ['updateShell', null],
    ['installUpdate', { url: 'https://example.org' }],
    ['openLog', '/etc/passwd'],
    ['setShellTexts', {}],
    ['setShellTexts', { ...ENGLISH_SHELL_TEXTS, quit: '' }],
    ['setShellTexts', { ...ENGLISH_SHELL_TEXTS, quit: 'x'.repeat(201) }],
    ['setShellTexts', { ...ENGLISH_SHELL_TEXTS, more: 'text' }],
  ] as const)('is refused when it makes no sense: %s %j', (name, input) => {
    const { call, commands } = harness();
    const outcome = call(shellChannel(name), fakePage().page, input);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    expect(commands[name]).not.toHaveBeenCalled();
  });

  test('is answered with what is wrong, and what nobody foresaw is written down', () => {
    const { call, commands, onUnexpected } = harness();
    const { page } = fakePage();
    const foreseen = problem('file-unusable', { file: '/x', reason: 'the disk is full.' });
    commands.updateShell.mockImplementation(() => {
      throw new ProblemError(foreseen);
    });
    expect(call(shellChannel('updateShell'), page, {})).toEqual({ ok: false, problem: foreseen });
    expect(onUnexpected).not.toHaveBeenCalled();
    commands.openLog.mockImplementation(() => {
      throw new Error('unforeseen');
    });
    expect(call(shellChannel('openLog'), page, {})).toMatchObject({
      problem: { code: 'internal' },
    });
    expect(onUnexpected).toHaveBeenCalledOnce();
  });
});

describe('what the page is told', () => {
  const state = [IPC_CHANNELS.shellState, STATE];
  const sent = (it: unknown) => [IPC_CHANNELS.desktopAction, it];

  test('comes to the page that listens', () => {
    const { call, shell } = harness();
    const { got, page } = fakePage();
    call(IPC_CHANNELS.shellListening, page);
    shell.show(STATE);
    shell.perform(SETTINGS);
    expect(got).toEqual([state, sent(SETTINGS)]);
  });

  test('keeps the last desktop action until a page listens, and delivers it once', () => {
    const { call, shell } = harness();
    shell.perform(SETTINGS);
    shell.perform(LINK);
    shell.show(STATE);
    const { got, page } = fakePage();
    call(IPC_CHANNELS.shellListening, page);
    call(IPC_CHANNELS.shellListening, page);
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
      it.call(IPC_CHANNELS.shellListening, old.page);
      end(it, old);
      it.shell.perform(LINK);
      expect(old.got).toEqual([]);
      const next = fakePage();
      it.call(IPC_CHANNELS.shellListening, next.page);
      expect(next.got).toEqual([sent(LINK)]);
    }
  });

  test('is not told to other origins', () => {
    const { call, shell } = harness();
    const { got, page } = fakePage();
    call(IPC_CHANNELS.shellListening, page, undefined, 'https://example.org');
    shell.perform(LINK);
    expect(got).toEqual([]);
  });

  test('does not gather listeners when the page is loaded again and again', () => {
    const { call } = harness();
    const { heard, page } = fakePage();
    for (let times = 0; times < 20; times += 1) call(IPC_CHANNELS.shellListening, page);
    expect(heard()).toBe(2);
  });
});
