import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { type AppWindow, MainWindow } from '../../../src/main/window.ts';

function harness({ isDark = false, loading = Promise.resolve() } = {}) {
  const calls: string[] = [];
  const created: BrowserWindowConstructorOptions[] = [];
  const listeners = new Map<string, () => void>();
  let minimized = false;
  const window: AppWindow = {
    loadURL: (url) => {
      calls.push(`load ${url}`);
      return loading;
    },
    once: (event, listener) => listeners.set(event, listener),
    on: (event, listener) => listeners.set(event, listener),
    isMinimized: () => minimized,
    restore: () => calls.push('restore'),
    show: () => calls.push('show'),
    focus: () => calls.push('focus'),
  };
  const onUnexpected = vi.fn();
  const main = new MainWindow({
    create: (options) => {
      created.push(options);
      return window;
    },
    isDark: () => isDark,
    preload: '/out/preload/index.cjs',
    url: 'parley-app://bundle/index.html',
    onUnexpected,
  });
  return {
    calls,
    created,
    main,
    onUnexpected,
    fire: (event: string) => listeners.get(event)?.(),
    minimize: () => {
      minimized = true;
    },
  };
}

describe('the window', () => {
  it('keeps its page apart from Node and from the preload', () => {
    const { created, main } = harness();
    main.present();
    expect(created[0]?.webPreferences).toEqual({
      preload: '/out/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  });

  it('appears when there is something to see, in the colours of the system', () => {
    const { calls, created, fire, main } = harness();
    main.present();
    expect(created[0]).toMatchObject({ show: false, minWidth: 400, minHeight: 500 });
    expect(calls).toEqual(['load parley-app://bundle/index.html']);
    fire('ready-to-show');
    expect(calls.at(-1)).toBe('show');

    const dark = harness({ isDark: true });
    dark.main.present();
    const tokens = join(import.meta.dirname, '../../../src/renderer/styles/tokens.css');
    const ground = /--ground: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync(tokens, 'utf8'));
    const colours = [created, dark.created].map(([options]) => options?.backgroundColor);
    expect(colours).toEqual(ground?.slice(1));
  });

  it('comes to the front when asked for again, instead of a second one', () => {
    const { calls, created, main, minimize } = harness();
    main.present();
    main.present();
    expect(calls.slice(1)).toEqual(['show', 'focus']);
    minimize();
    main.present();
    expect(calls.slice(3)).toEqual(['restore', 'show', 'focus']);
    expect(created).toHaveLength(1);
  });

  it('is made anew once it was closed', () => {
    const { created, fire, main } = harness();
    main.present();
    fire('closed');
    main.present();
    expect(created).toHaveLength(2);
  });

  it('reports a page that does not load', async () => {
    const error = new Error('ERR_FILE_NOT_FOUND');
    const { main, onUnexpected } = harness({ loading: Promise.reject(error) });
    main.present();
    await vi.waitFor(() => expect(onUnexpected).toHaveBeenCalledWith(error));
  });
});
