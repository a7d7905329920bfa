import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/shared/bridge/dispatcher.ts';
import { IPC_CHANNELS } from '../../src/shared/bridge/ipc-channels.ts';
import { freePort } from '../support/basics/free-port.ts';
import { inPreloadWorld } from '../support/electron-stand-in/hostile.ts';
import { launchStandIn, type StandInApp } from '../support/electron-stand-in/launch.ts';
import { startTcp } from '../support/network/tcp-server.ts';
import {
  expectNothingButTheBridge,
  expectNoWayOut,
  expectPolicyEnforced,
} from './journeys/locked-down.ts';

let appData: string;
let app: StandInApp;

async function start(args: readonly string[]): Promise<void> {
  appData = await mkdtemp(join(tmpdir(), 'parley-guards-'));
  app = launchStandIn({ appData, args });
}

async function stop(): Promise<void> {
  await app.kill();
  await rm(appData, { recursive: true, force: true });
}

describe('a hostile script in the app’s page', () => {
  let page: Page;
  beforeAll(async () => {
    await start(['--port', String(await freePort())]);
    page = await app.firstWindow();
    await page.getByRole('button', { name: 'Settings' }).waitFor();
  });
  afterAll(stop);

  test('finds the bridge, and no access to Node, Electron or the preload', async () => {
    await expectNothingButTheBridge(page);
  });

  test('runs no inline code and connects to no host', async () => {
    await expectPolicyEnforced(page);
  });

  test('cannot navigate to another page or open a window', async () => {
    await expectNoWayOut(page, () => page.context().pages());
  });

  test('is granted no permission', async () => {
    const states = await page.evaluate(`Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    )`);
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  });

  test('gets a refusal, not an exception, for malformed arguments', async () => {
    const codes = await page.evaluate(async () => {
      type Call = (channel: string, name: string, input: unknown) => unknown;
      const { parley } = globalThis as unknown as { parley: { call: Call } };
      const tries: [string, string, unknown][] = [
        ['chat', 'connect', { address: 5 }],
        ['chat', 'connect', undefined],
        ['chat', 'send', { contactId: '../../etc', id: 'x', body: 'y' }],
        ['chat', 'messages', { contactId: 'x', before: -1, limit: 1e9 }],
        ['chat', 'updateSettings', { port: 'http', extra: 1 }],
        ['chat', 'snapshot', { __proto__: null, more: true }],
        ['host', 'copyText', { text: { toString: 'no' } }],
        ['host', 'constructor', {}],
        ['__proto__', 'toString', {}],
      ];
      const outcomes = await Promise.all(tries.map((it) => parley.call(...it)));
      return outcomes.map((it) => (it as { problem?: { code: string } }).problem?.code);
    });
    expect(codes).toEqual(Array(9).fill('bad-input'));
  });

  test.each([
    ['of another origin', { sandboxed: true }],
    ['with the page’s own origin', { sandboxed: false }],
  ])('is refused from a frame %s, even past the preload', async (_name, kind) => {
    const frame = await inPreloadWorld(page, kind);
    for (const [channel, names] of Object.entries(COMMANDS)) {
      for (const name of Object.keys(names())) {
        expect(await frame.invoke(IPC_CHANNELS.call, channel, name, {}), name).toMatchObject({
          value: { ok: false, problem: { code: 'bad-input' } },
        });
      }
    }
    await frame.send(IPC_CHANNELS.subscribe, 1, 'chat', 0);
    await frame.send(IPC_CHANNELS.pageStarted);
    expect(app.reports.some(({ type }) => type === 'clipboard')).toBe(false);
  });
});

describe('a start that cannot succeed', () => {
  afterEach(stop);

  test('reports a busy port with a next step, then exits', async () => {
    const taken = await startTcp(createServer());
    await start(['--port', String(taken.port)]);
    const { title, content } = await app.reported('error-box');
    expect(title).toBe('Parley could not start');
    expect(content).toContain(`Port ${taken.port} is already used`);
    expect(content).toContain('choose another port');
    expect(await app.exited).toBe(1);
    expect(app.output).toBe('');
    await taken.stop();
  });

  test('reports invalid options, then exits without a window', async () => {
    await start(['--port', 'eighty']);
    expect(await app.exited).toBe(2);
    expect(app.output.trim()).toBe(
      '--port eighty is not a port: use a whole number from 1 to 65535.',
    );
    expect(app.reports).toEqual([]);
  });
});
