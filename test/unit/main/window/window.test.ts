import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { type AppWindow, MainWindow } from '../../../../src/main/window/window.ts';
import type { Placement } from '../../../../src/main/window/window-place.ts';
import { WAIT_TIMEOUT_MS } from '../../../support/basics/timeouts.ts';

type Listener = (event: { preventDefault(): void }) => void;

const HERE = { x: 10, y: 20, width: 700, height: 600 };

function harness({
  isDark = false,
  platform = 'linux' as NodeJS.Platform,
  // As long as a test likes: it never loads.
  loading = new Promise<void>(() => undefined),
  hides = false,
  placement = { bounds: HERE, state: 'normal' } as Placement,
} = {}) {
  const calls: string[] = [];
  const created: BrowserWindowConstructorOptions[] = [];
  const listeners = new Map<string, Listener>();
  const timers = new Set<() => void>();
  const now = {
    visible: false,
    minimized: false,
    maximized: false,
    fullScreen: false,
    bounds: HERE,
  };
  const window: AppWindow = {
    loadURL: (url) => {
      calls.push(`load ${url}`);
      return loading;
    },
    once: (event: string, listener: Listener) => listeners.set(event, listener),
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    isVisible: () => now.visible,
    isMinimized: () => now.minimized,
    isMaximized: () => now.maximized,
    isFullScreen: () => now.fullScreen,
    getNormalBounds: () => now.bounds,
    restore: () => calls.push('restore'),
    maximize: () => calls.push('maximize'),
    setFullScreen: (on) => calls.push(`full screen ${on}`),
    show: () => {
      now.visible = true;
      calls.push('show');
    },
    hide: () => {
      now.visible = false;
      calls.push('hide');
    },
    focus: () => calls.push('focus'),
  };
  const onUnexpected = vi.fn();
  const onPlace = vi.fn();
  const onHidden = vi.fn();
  const onShown = vi.fn();
  const onSessionEnd = vi.fn();
  const main = new MainWindow({
    create: (options) => {
      created.push(options);
      return window;
    },
    platform,
    icon: () => 'icon.png',
    isDark: () => isDark,
    preload: '/out/preload/index.cjs',
    url: 'parley-app://bundle/index.html',
    spellcheck: false,
    placement: () => placement,
    onPlace,
    hidesOnClose: () => hides,
    onHidden,
    onShown,
    onSessionEnd,
    after: (_delay, task) => {
      const timer = () => task();
      timers.add(timer);
      return () => timers.delete(timer);
    },
    onUnexpected,
  });
  /** Whether a listener prevented it. */
  const fire = (event: string): boolean => {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    listeners.get(event)?.({ preventDefault });
    return prevented;
  };
  const pass = (): void => {
    const due = [...timers];
    timers.clear();
    for (const task of due) task();
  };
  return {
    calls,
    created,
    fire,
    main,
    now,
    onHidden,
    onPlace,
    onSessionEnd,
    onShown,
    onUnexpected,
    pass,
    timers,
  };
}

/** A window that the user has before them. */
function shown(options: Parameters<typeof harness>[0] = {}) {
  const it = harness(options);
  it.main.present();
  it.fire('ready-to-show');
  it.calls.length = 0;
  return it;
}

describe('the window', () => {
  test('has an icon on Linux, where nothing else sets one', () => {
    const iconOn = (platform: NodeJS.Platform) => {
      const { created, main } = harness({ platform });
      main.present();
      return created[0]?.icon;
    };
    expect(['linux', 'win32', 'darwin'].map((it) => iconOn(it as NodeJS.Platform))).toEqual([
      'icon.png',
      undefined,
      undefined,
    ]);
  });

  test('reports when it is shown, and when Windows ends the session', () => {
    const { fire, main, onSessionEnd, onShown } = harness();
    main.prepare();
    fire('show');
    expect(onShown).toHaveBeenCalledOnce();
    expect(onSessionEnd).not.toHaveBeenCalled();
    fire('session-end');
    expect(onSessionEnd).toHaveBeenCalledOnce();
  });

  test('is shown when its page has painted, in the colours of the system', () => {
    const { calls, created, fire, main } = harness();
    main.present();
    expect(created[0]).toMatchObject({ show: false, minWidth: 400, minHeight: 500 });
    expect(calls).toEqual(['load parley-app://bundle/index.html']);
    fire('ready-to-show');
    expect(calls.at(-1)).toBe('show');

    const dark = harness({ isDark: true });
    dark.main.present();
    const tokens = join(import.meta.dirname, '../../../../src/renderer/styles/tokens.css');
    const ground = /--ground: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync(tokens, 'utf8'));
    const colours = [created, dark.created].map(([options]) => options?.backgroundColor);
    expect(colours).toEqual(ground?.slice(1));
  });

  test('comes to the front when requested again, instead of a second one', () => {
    const { calls, created, main, now } = harness();
    main.present();
    main.present();
    expect(calls.slice(1)).toEqual(['show', 'focus']);
    now.minimized = true;
    main.present();
    expect(calls.slice(3)).toEqual(['restore', 'show', 'focus']);
    expect(created).toHaveLength(1);
  });

  test('is created again after it was closed', () => {
    const { created, fire, main } = harness();
    main.present();
    fire('closed');
    main.present();
    expect(created).toHaveLength(2);
  });

  test('reports a page that fails to load', async () => {
    const error = new Error('ERR_FILE_NOT_FOUND');
    const { main, onUnexpected } = harness({ loading: Promise.reject(error) });
    main.present();
    await vi.waitFor(() => expect(onUnexpected).toHaveBeenCalledWith(error), WAIT_TIMEOUT_MS);
  });

  test('reports nothing when it was closed while its page loaded', async () => {
    const { fire, main, onUnexpected } = harness({ loading: Promise.reject(new Error('aborted')) });
    main.present();
    fire('closed');
    await new Promise(setImmediate);
    expect(onUnexpected).not.toHaveBeenCalled();
  });

  test('loads its page hidden, until it is requested', () => {
    const { calls, created, fire, main } = harness();
    main.prepare();
    fire('ready-to-show');
    expect(calls).toEqual(['load parley-app://bundle/index.html']);
    main.present();
    expect(calls.slice(1)).toEqual(['show', 'focus']);
    expect(created).toHaveLength(1);
  });

  test('is shown as soon as possible when requested while its page is still loading', () => {
    const { calls, fire, main } = harness();
    main.prepare();
    main.present();
    expect(calls).not.toContain('show');
    fire('ready-to-show');
    expect(calls).toContain('show');
  });
});

// Native Wayland paints no window that was never shown; some Windows without a graphics card neither.
describe('a window that never reports its first paint', () => {
  test('is shown on Linux as soon as the page has loaded', async () => {
    const { calls, main } = harness({ loading: Promise.resolve() });
    main.present();
    await vi.waitFor(() => expect(calls).toEqual([expect.stringMatching(/^load/), 'show']));
  });

  test('is shown when first requested after a hidden start', async () => {
    const loading = Promise.resolve();
    const { calls, main } = harness({ loading });
    main.prepare();
    await loading;
    await new Promise(setImmediate);
    expect(calls).toHaveLength(1);
    main.present();
    expect(calls.slice(1)).toEqual(['show', 'focus']);
  });

  test('is shown elsewhere some time after the page has loaded, not before', async () => {
    const { calls, main, pass, timers } = harness({
      platform: 'win32',
      loading: Promise.resolve(),
    });
    main.prepare();
    await vi.waitFor(() => expect(timers.size).toBe(1));
    pass();
    main.present();
    expect(calls.slice(1)).toEqual(['show', 'focus']);
  });

  test('is shown even if its page cannot be loaded', async () => {
    const { calls, main } = harness({ loading: Promise.reject(new Error('ERR_FAILED')) });
    main.present();
    await vi.waitFor(() => expect(calls.at(-1)).toBe('show'));
  });

  test('is shown once even if its page never finishes loading', () => {
    const { calls, fire, main, pass, timers } = harness();
    main.present();
    expect(calls).toHaveLength(1);
    pass();
    expect(calls.slice(1)).toEqual(['show']);
    fire('ready-to-show');
    expect(calls.slice(1)).toEqual(['show']);
    expect(timers.size).toBe(0);
  });

  test('is not shown after it was closed, by any pending timer', () => {
    const { calls, fire, main, pass } = harness();
    main.present();
    fire('closed');
    pass();
    fire('ready-to-show');
    expect(calls).toHaveLength(1);
  });
});

describe('the placement of the window', () => {
  test('is restored', () => {
    const { created } = shown();
    expect(created[0]).toMatchObject(HERE);
  });

  test.each([
    ['maximized', ['maximize', 'show']],
    ['full-screen', ['show', 'full screen true']],
  ] as const)('is restored as %s, but not before the window is shown', (state, expected) => {
    const { calls, fire, main } = harness({ placement: { bounds: HERE, state } });
    main.prepare();
    fire('ready-to-show');
    expect(calls).toHaveLength(1);
    main.present();
    expect(calls.slice(1, 3)).toEqual(expected);
  });

  test('is reported once it has settled, not at every step', () => {
    const { fire, now, onPlace, pass, timers } = shown();
    for (const x of [1, 2, 3]) {
      now.bounds = { ...HERE, x };
      fire('move');
    }
    expect(timers.size).toBe(1);
    expect(onPlace).not.toHaveBeenCalled();
    pass();
    expect(onPlace.mock.calls).toEqual([[{ bounds: { ...HERE, x: 3 }, state: 'normal' }]]);
  });

  test.each([
    [{ maximized: true }, 'maximized'],
    [{ fullScreen: true }, 'full-screen'],
  ] as const)('is reported with its state: %j', (is, state) => {
    const { fire, now, onPlace, pass } = shown();
    Object.assign(now, is);
    fire('maximize');
    pass();
    expect(onPlace).toHaveBeenCalledWith({ bounds: HERE, state });
  });

  test('is reported on close just after a move, and not after the window is closed', () => {
    const { fire, now, onPlace, pass } = shown();
    now.bounds = { ...HERE, x: 99 };
    fire('move');
    fire('close');
    fire('closed');
    pass();
    expect(onPlace.mock.calls).toEqual([[{ bounds: { ...HERE, x: 99 }, state: 'normal' }]]);
  });

  test('is not read from a window that was destroyed while it moved', () => {
    const { fire, onPlace, pass } = shown();
    fire('move');
    fire('closed');
    pass();
    expect(onPlace).not.toHaveBeenCalled();
  });

  test('is not reported before the window was shown, at a size that is not restored yet', () => {
    const { fire, main, onPlace, pass } = harness({
      placement: { bounds: HERE, state: 'maximized' },
    });
    main.prepare();
    fire('resize');
    pass();
    expect(onPlace).not.toHaveBeenCalled();
  });
});

// On Wayland, hiding destroys the window that the compositor knows: it is "unmaximised" and resized.
describe('the placement of a window that is not visible', () => {
  test('is ignored while hidden, and the last visible one is restored', () => {
    const { calls, fire, main, now, onPlace, pass } = shown({ hides: true });
    now.maximized = true;
    fire('maximize');
    pass();
    fire('close');
    now.maximized = false;
    now.bounds = { x: 0, y: 0, width: 1920, height: 1080 };
    fire('unmaximize');
    fire('resize');
    pass();
    const places = onPlace.mock.calls.map(([place]) => place);
    expect(places).toEqual(Array(places.length).fill({ bounds: HERE, state: 'maximized' }));
    main.present();
    expect(calls).toEqual(['hide', 'maximize', 'show', 'focus']);
  });

  test('is ignored when the app quits from the tray', () => {
    const { fire, main, now, onPlace } = shown({ hides: true });
    now.maximized = true;
    fire('close');
    onPlace.mockClear();
    now.maximized = false;
    main.quitting();
    fire('close');
    expect(onPlace).not.toHaveBeenCalled();
  });

  test('is ignored when minimised', () => {
    const { fire, now, onPlace, pass } = shown();
    now.minimized = true;
    fire('unmaximize');
    pass();
    expect(onPlace).not.toHaveBeenCalled();
  });
});

describe('closing the window', () => {
  test('closes it', () => {
    const { calls, fire, onHidden } = shown();
    expect(fire('close')).toBe(false);
    expect(calls).toEqual([]);
    expect(onHidden).not.toHaveBeenCalled();
  });

  test('hides it if it stays in the tray, and it comes back as it was', () => {
    const { calls, created, fire, main, onHidden } = shown({ hides: true });
    expect(fire('close')).toBe(true);
    expect(calls).toEqual(['hide']);
    expect(onHidden).toHaveBeenCalledOnce();
    main.present();
    expect(calls).toEqual(['hide', 'show', 'focus']);
    expect(created).toHaveLength(1);
  });

  test('closes it when the app quits, whatever closing does otherwise', () => {
    const { calls, fire, main } = shown({ hides: true });
    main.quitting();
    expect(fire('close')).toBe(false);
    expect(calls).toEqual([]);
  });

  test('leaves full screen first, which would stay black, and returns to it later', () => {
    const { calls, fire, main, now } = shown({ hides: true });
    now.fullScreen = true;
    fire('close');
    expect(calls).toEqual(['full screen false']);
    now.fullScreen = false;
    fire('leave-full-screen');
    main.present();
    expect(calls).toEqual(['full screen false', 'hide', 'show', 'full screen true', 'focus']);
  });
});
