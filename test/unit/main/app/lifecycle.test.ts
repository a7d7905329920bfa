import { describe, expect, test, vi } from 'vitest';
import { manageLifecycle } from '../../../../src/main/app/lifecycle.ts';

type Listener = (event: { preventDefault(): void }) => void;

function harness({
  platform = 'linux' as NodeJS.Platform,
  stop = async () => {},
  timeoutMs = 1_000,
} = {}) {
  const listeners = new Map<string, Listener>();
  const ended = Promise.withResolvers<void>();
  /** Asks to quit as Electron does; answers whether it went through. */
  const quit = (): boolean => {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    listeners.get('before-quit')?.({ preventDefault });
    if (!prevented) ended.resolve();
    return !prevented;
  };
  const app = {
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    quit: vi.fn(() => void quit()),
  };
  const onUnexpected = vi.fn();
  const presentWindow = vi.fn();
  const leave = (): void => app.quit();
  manageLifecycle({ app, platform, stop, presentWindow, leave, onUnexpected, timeoutMs });
  const fire = (event: string): void => listeners.get(event)?.({ preventDefault: () => {} });
  return { app, ended: ended.promise, fire, onUnexpected, presentWindow, quit };
}

describe('quitting', () => {
  test('waits for the core to stop, once, however often it is requested', async () => {
    const gate = Promise.withResolvers<void>();
    const stop = vi.fn(() => gate.promise);
    const { app, ended, quit } = harness({ stop });
    expect(quit()).toBe(false);
    expect(quit()).toBe(false);
    expect(app.quit).not.toHaveBeenCalled();
    gate.resolve();
    await ended;
    expect(stop).toHaveBeenCalledOnce();
    expect(quit()).toBe(true);
  });

  test('proceeds when the core fails to stop', async () => {
    const error = new Error('disk');
    const { ended, onUnexpected, quit } = harness({ stop: () => Promise.reject(error) });
    quit();
    await ended;
    expect(onUnexpected).toHaveBeenCalledWith(error);
  });

  test('proceeds when the core never stops', async () => {
    const { ended, onUnexpected, quit } = harness({
      stop: () => new Promise(() => {}),
      timeoutMs: 5,
    });
    quit();
    await ended;
    expect(onUnexpected).toHaveBeenCalledOnce();
  });

  test('follows the last window, except on macOS', () => {
    const linux = harness();
    linux.fire('window-all-closed');
    expect(linux.app.quit).toHaveBeenCalledOnce();
    const mac = harness({ platform: 'darwin' });
    mac.fire('window-all-closed');
    expect(mac.app.quit).not.toHaveBeenCalled();
    mac.fire('activate');
    expect(mac.presentWindow).toHaveBeenCalledOnce();
  });
});
