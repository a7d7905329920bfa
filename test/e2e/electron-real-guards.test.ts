import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REFUSED } from '../../src/main/ipc/sender.ts';
import { APP_ORIGIN, APP_URL } from '../../src/main/window/app-scheme.ts';
import { CONTENT_POLICY } from '../../src/main/window/content-policy.ts';
import { COMMANDS } from '../../src/shared/bridge/dispatcher.ts';
import { parsePolicy } from '../support/browser/policy.ts';
import { Computer, type RealCopy } from '../support/real-electron/computer.ts';
import { inRealElectron } from '../support/real-electron/present.ts';
import {
  expectNothingButTheBridge,
  expectNoWayOut,
  expectPolicyEnforced,
} from './journeys/locked-down.ts';

const NAMES = Object.entries(COMMANDS).flatMap(([channel, names]) =>
  Object.keys(names()).map((name) => [channel, name]),
);
const CALLS = NAMES.length;
/** Calls everything there is, as a script that answers with what it got. */
const CALL_ALL = `Promise.all(
  ${JSON.stringify(NAMES)}.map(([channel, name]) => parley.call(channel, name, {})),
)`;

inRealElectron('a hostile script in real Electron', (program) => {
  let computer: Computer;
  let copy: RealCopy;

  beforeAll(async () => {
    computer = new Computer(program);
    copy = await computer.start({ name: 'Alice' });
    await copy.page.getByRole('button', { name: 'Settings' }).waitFor();
  });
  afterAll(() => computer.end());

  test('finds the bridge, and no access to Node, Electron or the preload', async () => {
    await expectNothingButTheBridge(copy.page);
  });

  test('runs in a page with a real origin and a secure context', async () => {
    const place = await copy.page.evaluate(() => {
      const world = globalThis as unknown as {
        readonly isSecureContext: boolean;
        readonly location: { readonly origin: string; readonly href: string };
      };
      const { isSecureContext, location } = world;
      return { isSecureContext, origin: location.origin, href: location.href };
    });
    expect(place).toEqual({ isSecureContext: true, origin: APP_ORIGIN, href: APP_URL });
  });

  test('is subject to exactly the content security policy that the app sent', async () => {
    // The page has a policy of its own besides; only the one that was sent knows of ancestors.
    const policy = await copy.page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ originalPolicy }) => {
        if (originalPolicy.includes('frame-ancestors')) resolve(originalPolicy);
      });
      new Image().src = 'https://example.org/';
    })`);
    expect(parsePolicy(String(policy))).toEqual(parsePolicy(CONTENT_POLICY));
    await expectPolicyEnforced(copy.page);
  });

  test('cannot navigate to another page or open a window', async () => {
    await expectNoWayOut(copy.page, () => copy.app.windows());
  });

  test('is granted no permission', async () => {
    const states = await copy.page.evaluate(`Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'].map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    )`);
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  });

  test('finds no bridge in a frame that it opens', async () => {
    const found = await copy.page.evaluate(`{
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const bridge = typeof frame.contentWindow.parley;
      frame.remove();
      bridge;
    }`);
    expect(found).toBe('undefined');
  });

  test('is refused from a window of another origin, even with the app’s own preload', async () => {
    const answers = await copy.app.evaluate(
      async ({ BrowserWindow }, { preload, script }) => {
        const webPreferences = { preload, sandbox: true, contextIsolation: true };
        const window = new BrowserWindow({ show: false, webPreferences });
        await window.loadURL('data:text/html,<p>Not the app</p>');
        const given: unknown = await window.webContents.executeJavaScript(script);
        window.destroy();
        return given;
      },
      { preload: PRELOAD, script: CALL_ALL },
    );
    expect(answers).toEqual(Array(CALLS).fill(REFUSED));
  });

  test('is refused from a frame of the app’s own origin, even with the app’s own preload', async () => {
    // A page that the app would never serve, in a session of its own and without the app's guards.
    const answers = await copy.app.evaluate(
      async ({ BrowserWindow, session }, { preload, script, origin }) => {
        const foreign = session.fromPartition('foreign');
        foreign.protocol.handle(origin.slice(0, origin.indexOf(':')), ({ url }) => {
          const inner = url.endsWith('/inner.html');
          const page = inner ? '<p>Inside</p>' : `<iframe src="${origin}/inner.html"></iframe>`;
          return new Response(page, { headers: { 'content-type': 'text/html' } });
        });
        const window = new BrowserWindow({
          show: false,
          webPreferences: {
            preload,
            session: foreign,
            sandbox: true,
            contextIsolation: true,
            nodeIntegrationInSubFrames: true,
          },
        });
        window.webContents.removeAllListeners('will-frame-navigate');
        await window.loadURL(`${origin}/outer.html`);
        const [frame] = window.webContents.mainFrame.frames;
        if (frame === undefined) throw new Error('The frame was not loaded.');
        const from = frame.origin;
        const given = await frame.executeJavaScript(script);
        window.destroy();
        return { from, given };
      },
      { preload: PRELOAD, script: CALL_ALL, origin: APP_ORIGIN },
    );
    expect(answers).toEqual({ from: APP_ORIGIN, given: Array(CALLS).fill(REFUSED) });
  });

  test('makes Chromium download no dictionary', async () => {
    const spelling = await copy.app.evaluate(({ session }) => ({
      on: session.defaultSession.isSpellCheckerEnabled(),
      languages: session.defaultSession.getSpellCheckerLanguages(),
    }));
    // macOS has its own dictionaries and is asked for them.
    if (process.platform !== 'darwin') expect(spelling).toEqual({ on: false, languages: [] });
    else expect(spelling.on).toBe(true);
    const files = await readdir(computer.folderOf('Alice'), { recursive: true });
    expect(files).toContain('log.txt');
    expect(files.filter((it) => it.endsWith('.bdic'))).toEqual([]);
  });
});

const PRELOAD = join(resolve(import.meta.dirname, '../..'), 'out/preload/index.cjs');
