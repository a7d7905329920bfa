import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inPreloadWorld } from '../support/electron-stand-in/hostile.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';

// The stand-in's own tests, with a small app: what Electron forbids must fail here too, or the
// tests of the real app would prove nothing.

/** What the fixture's preload exposes. */
interface Api {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  ticks(count: number, listener: (...args: unknown[]) => void): () => void;
  give(value: unknown): unknown;
  typeOf(value: unknown): string;
  callLater(callback: (value: number) => number): Promise<number>;
  sendFunction(): void;
  readonly refusedModules: Record<string, string>;
  readonly seesPage: string;
  readonly hasProcess: string;
  readonly nested: { list: number[] };
}
declare const api: Api;
declare const inlineRan: unknown;
declare const sawAtStart: unknown;
declare function open(url: string): unknown;
declare const navigator: {
  permissions: { query(what: { name: string }): Promise<{ state: string }> };
};

const FIXTURE = join(import.meta.dirname, 'fixtures/stand-in-app');
let appData: string;
let app: StandInApp;

function launch(scenario = 'plain'): StandInApp {
  return launchStandIn({ appData, app: FIXTURE, args: [scenario] });
}

async function ready(it: StandInApp): Promise<Page> {
  const page = await it.firstWindow();
  await page.getByRole('heading', { name: 'Stand-in' }).waitFor();
  return page;
}

const seen = (page: Page): Promise<unknown> => page.evaluate(() => api.invoke('seen'));

async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'stand-in-'));
}

describe('a page on the stand-in', () => {
  let page: Page;
  beforeAll(async () => {
    appData = await newFolder();
    app = launch();
    page = await ready(app);
  });
  afterAll(async () => {
    await app.kill();
    await rm(appData, { recursive: true, force: true });
  });

  test('gets the exposed API before its first script and nothing else of the preload', async () => {
    expect(await page.evaluate(() => sawAtStart)).toEqual({
      api: 'object',
      preloadGlobal: 'undefined',
      require: 'undefined',
      process: 'undefined',
      standIn: [],
    });
  });

  test('hides from the preload the page’s globals and every module but electron', async () => {
    expect(await page.evaluate(() => api.refusedModules)).toEqual({
      fs: 'module not found: node:fs',
      child: 'module not found: child_process',
    });
    expect(await page.evaluate(() => [api.seesPage, api.hasProcess])).toEqual([
      'undefined',
      'undefined',
    ]);
  });

  test('cannot change what the preload exposed', async () => {
    const outcome = await page.evaluate(() => {
      const tries = [
        () => Object.assign(globalThis, { api: 1 }),
        () => Object.assign(api, { invoke: 1 }),
        () => api.nested.list.push(3),
      ];
      return tries.map((attempt) => {
        try {
          attempt();
          return 'changed';
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(outcome).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });

  test('exchanges values between the worlds as copies, functions and promises as proxies', async () => {
    const result = await page.evaluate(async () => {
      const sent = { when: new Date(5), set: new Set([1]), none: undefined, deep: [{ a: -0 }] };
      const got = api.give(sent) as typeof sent;
      return {
        copied: got !== sent && got.deep[0] !== sent.deep[0],
        same: got.when.getTime() === 5 && got.set.has(1) && 'none' in got,
        date: api.typeOf(sent.when),
        called: await api.callLater((value) => value * 2),
      };
    });
    expect(result).toEqual({ copied: true, same: true, date: '[object Date]', called: 41 });
  });

  test('cannot send what structured clone refuses', async () => {
    const failures = await page.evaluate(async () => {
      const messageOf = (error: unknown): string => (error as Error).message;
      const viaInvoke = await api.invoke('echo', () => 1).catch(messageOf);
      const answered = await api.invoke('answer-function').catch(messageOf);
      try {
        api.sendFunction();
        return [viaInvoke, answered, 'sent'];
      } catch (error) {
        return [viaInvoke, answered, messageOf(error)];
      }
    });
    expect(failures).toEqual([
      expect.stringMatching(/could not be cloned/),
      expect.stringMatching(/remote method 'answer-function'.*could not be cloned/),
      expect.stringMatching(/could not be cloned/),
    ]);
  });

  test('gets the error of a handler that threw and of one that does not exist', async () => {
    const failures = await page.evaluate(() =>
      Promise.all(
        ['fail', 'nobody'].map((channel) =>
          api.invoke(channel).catch((error: unknown) => (error as Error).message),
        ),
      ),
    );
    expect(failures).toEqual([
      "Error invoking remote method 'fail': Error: on purpose",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ]);
  });

  test('gets messages of the main process in order until it unsubscribes', async () => {
    const got = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const ticks: unknown[] = [];
          const stop = api.ticks(3, (tick) => {
            ticks.push(tick);
            if (ticks.length < 3) return;
            stop();
            resolve(ticks.map((it) => (it as { count: number; at: Date }).at.getTime()));
          });
        }),
    );
    expect(got).toEqual([1, 2, 3]);
  });

  test('is identified to the main process by the origin and URL of the app’s own scheme', async () => {
    const main = { origin: 'fixture://app', url: 'fixture://app/index.html', isMain: true };
    expect(await page.evaluate(() => api.invoke('who'))).toEqual(main);
    expect(await seen(page)).toContainEqual({ started: main });
  });

  test('obeys the content security policy of the app’s response', async () => {
    expect(await page.evaluate(() => typeof inlineRan)).toBe('undefined');
    const { text } = await app.reported('page-error');
    expect(text).toMatch(/inline script violates.*script-src 'self'/);
    const stopped = await page.evaluate(() =>
      fetch('/page.js').then(
        () => 'fetched',
        () => 'stopped',
      ),
    );
    expect(stopped).toBe('stopped');
  });

  test('does not navigate by a link or a script when the app refuses', async () => {
    await page.getByRole('link', { name: 'leave' }).click();
    await page.evaluate(() => {
      Object.assign(globalThis, { location: 'https://example.org/by-script' });
    });
    await expect
      .poll(() => seen(page))
      .toContainEqual({
        'will-navigate': 'https://example.org/by-script',
        isMainFrame: true,
      });
    expect(await seen(page)).toContainEqual({
      'will-navigate': 'https://example.org/',
      isMainFrame: true,
    });
    expect(await page.title()).toBe('from the page');
  });

  test('opens no window, and the app’s handler is asked', async () => {
    expect(await page.evaluate(() => open('https://example.org/new'))).toBeNull();
    await expect.poll(() => seen(page)).toContainEqual({ open: 'https://example.org/new' });
  });

  test('has exactly the permissions that the app grants', async () => {
    const states = await page.evaluate(async () => {
      const ask = async (name: string) => (await navigator.permissions.query({ name })).state;
      return [await ask('geolocation'), await ask('notifications')];
    });
    expect(states).toEqual(['granted', 'denied']);
  });

  test('has frames that the main process can distinguish from the page itself', async () => {
    const stranger = await inPreloadWorld(page, { sandboxed: true });
    expect(await stranger.invoke('who')).toEqual({
      ok: true,
      value: { origin: 'null', url: 'about:blank', isMain: false },
    });
    const relative = await inPreloadWorld(page, { sandboxed: false });
    expect(await relative.invoke('who')).toEqual({
      ok: true,
      value: { origin: 'fixture://app', url: 'about:blank', isMain: false },
    });
  });
});

describe('a frame of another origin', () => {
  let server: Server;
  beforeEach(async () => {
    appData = await newFolder();
    server = createServer((_request, response) => response.end('elsewhere'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(async () => {
    await app.kill();
    server.close();
    await rm(appData, { recursive: true, force: true });
  });

  test('is not loaded when the app refuses frame navigations', async () => {
    app = launch();
    const page = await ready(app);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await page.evaluate(`{
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(url)};
      document.body.append(frame);
    }`);
    await expect
      .poll(() => seen(page))
      .toContainEqual({
        'will-frame-navigate': url,
        isMainFrame: false,
      });
    expect(page.frames().map((frame) => frame.url())).not.toContain(url);
  });
});

describe('an app on the stand-in', () => {
  beforeEach(async () => {
    appData = await newFolder();
  });
  afterEach(async () => {
    await app.kill();
    await rm(appData, { recursive: true, force: true });
  });

  test('is notified of a second launch, which exits at once', async () => {
    app = launch();
    await app.reported('ready');
    const second = launch('again');
    expect(await second.exited).toBe(0);
    const { text } = await app.reported('clipboard');
    expect(JSON.parse(text)).toEqual({ arg: 'again', data: { scenario: 'again' } });
  });

  test('gets the lock of an instance that crashed', async () => {
    app = launch();
    await app.reported('ready');
    await app.kill();
    app = launch();
    await app.reported('ready');
    expect(await app.quit()).toBe(0);
  });

  test('quits when its last window is closed, unless it prevents that', async () => {
    app = launch();
    await ready(app);
    app.order({ type: 'close-windows' });
    expect(await app.exited).toBe(0);
  });

  test('keeps a window that hides instead of closing, and does not quit by itself', async () => {
    app = launch('stays');
    await ready(app);
    await app.reported('window-shown');
    app.order({ type: 'close-windows' });
    await app.reported('window-hidden');
    app.order({ type: 'quit' });
    app.order({ type: 'open-url', url: 'fixture://still-here' });
    await app.reported('clipboard', ({ text }) => text === 'fixture://still-here');
    expect(app.reports.some(({ type }) => type === 'window-closed')).toBe(false);
  });

  test('gets a link that the system opens, and must mark it as handled', async () => {
    app = launch();
    await app.reported('ready');
    app.order({ type: 'open-url', url: 'fixture://link' });
    await app.reported('clipboard', ({ text }) => text === 'fixture://link');
    await app.kill();
    app = launch('looks-away');
    await app.reported('ready');
    app.order({ type: 'open-url', url: 'fixture://link' });
    expect(await app.exited).not.toBe(0);
    expect(app.output).toContain('The app lets macOS look elsewhere for fixture://link');
  });

  test('has windows that report their bounds once set, and that maximising shows', async () => {
    app = launch('place');
    const { text } = await app.reported('clipboard');
    expect(JSON.parse(text)).toEqual({
      events: ['moved', 'move', 'show', 'maximize', 'unmaximize', 'leave-full-screen'],
      maximized: [true, { x: 50, y: 60, width: 250, height: 400 }],
      displays: [{ x: 0, y: 0, width: 1280, height: 760 }],
    });
  });

  test('fails for an invisible tray icon', async () => {
    app = launch('tray');
    const { text } = await app.reported('clipboard');
    expect(JSON.parse(text)).toEqual([
      'The Electron stand-in has room for one tray icon.',
      'Tray is destroyed',
      'The image has nothing to show at scale 1.',
      'Not a PNG.',
      'The sizes of an image do not fit its scales.',
      'The Electron stand-in has no tray event double-click.',
    ]);
  });

  test('fails for a window without isolation, and for anything the stand-in lacks', async () => {
    app = launch('no-isolation');
    expect(await app.exited).toBe(1);
    expect(app.output).toContain('plays only windows with contextIsolation: true');
    app = launch('unknown-property');
    expect(await app.exited).toBe(1);
    expect(app.output).toContain('The Electron stand-in has no app.dock.');
  });
});
