import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { APP_SCHEME, APP_URL } from '../../../../src/main/window/app-scheme.ts';
import { CONTENT_POLICY } from '../../../../src/main/window/content-policy.ts';
import { type AppWindow, MainWindow } from '../../../../src/main/window/window.ts';
import { looseIn, parsePolicy } from '../../../support/browser/policy.ts';

// Electron's security checklist, as far as it can be seen in the sources: docs/SECURITY.md has all
// twenty points and names the test of each. https://www.electronjs.org/docs/latest/tutorial/security

const sources = new Map(
  readdirSync('src/main', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [basename(path), readFileSync(join('src/main', path), 'utf8')] as const)
    .toSorted(([one], [other]) => one.localeCompare(other)),
);

/** Where in the main process something stands, comments apart: `file: what was found`. */
function found(pattern: RegExp): readonly string[] {
  return [...sources].flatMap(([name, text]) => {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
    return [...code.matchAll(pattern)].map(([it]) => `${name}: ${it}`);
  });
}

/** Everything that Electron is asked for when the window is made. */
function optionsOfWindow(spellcheck: boolean) {
  const options: Parameters<ConstructorParameters<typeof MainWindow>[0]['create']>[0][] = [];
  const window: Partial<AppWindow> = {
    loadURL: () => Promise.resolve(),
    on: () => undefined,
    once: () => undefined,
  };
  const main = new MainWindow({
    create: (given) => {
      options.push(given);
      return window as AppWindow;
    },
    platform: 'linux',
    icon: () => 'icon.png',
    isDark: () => false,
    preload: '/app/preload.cjs',
    url: APP_URL,
    spellcheck,
    placement: () => ({ bounds: { width: 700, height: 600 }, state: 'normal' }),
    onPlace: vi.fn(),
    hidesOnClose: () => false,
    onHidden: vi.fn(),
    onShown: vi.fn(),
    onSessionEnd: vi.fn(),
    after: () => () => undefined,
    onUnexpected: vi.fn(),
  });
  main.prepare();
  return options;
}

describe('the page’s window (points 2, 3, 4, 6, 8, 9, 10, 11, 12)', () => {
  test.each([true, false])('has these preferences and no other (spelling: %s)', (spellcheck) => {
    const [options, ...more] = optionsOfWindow(spellcheck);
    expect(more).toEqual([]);
    expect(options?.webPreferences).toStrictEqual({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck,
    });
  });

  test('is the only one, and created in one place', () => {
    expect(found(/new (?:BrowserWindow|WebContentsView|BrowserView|BaseWindow)\b/g)).toEqual([
      'desktop-ui.ts: new BrowserWindow',
    ]);
    expect(found(/\bwebPreferences\b/g)).toEqual(['window.ts: webPreferences']);
  });

  test('is weakened by no switch, and by nothing a page could request', () => {
    const loosening =
      /\b(?:appendSwitch|appendArgument|commandLine|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag|nodeIntegrationInWorker|nodeIntegrationInSubFrames|bypassCSP|enableRemoteModule|setCertificateVerifyProc|certificate-error|allowpopups|webFrame|disable-web-security)\b/g;
    expect(found(loosening)).toEqual([]);
  });
});

describe('the page’s source (points 1, 18)', () => {
  test('is the app’s own scheme: one address, loaded in one place', () => {
    expect(found(/\.load(?:URL|File)\(\w*/g)).toEqual(['window.ts: .loadURL(url']);
    expect(found(/\burl: APP_URL\b/g)).toEqual(['desktop.ts: url: APP_URL']);
    expect(new URL(APP_URL).protocol).toBe(`${APP_SCHEME.scheme}:`);
    expect(found(/\bfile:\/\//g)).toEqual([]);
  });

  test('has only these privileges', () => {
    expect(APP_SCHEME.privileges).toStrictEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      codeCache: true,
    });
  });
});

describe('the content policy (point 7)', () => {
  const policy = parsePolicy(CONTENT_POLICY);

  test('allows only what is listed, and the page’s own files', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(looseIn(policy)).toEqual([]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'"]);
  });

  test('denies what default-src does not cover', () => {
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(name), name).toEqual(["'none'"]);
    }
    expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
  });

  test('has none of the usual weaknesses', () => {
    for (const hole of ["'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'", '*', 'https:']) {
      const worse = parsePolicy(CONTENT_POLICY.replace("script-src 'self'", `script-src ${hole}`));
      expect(looseIn(worse)).toEqual([`script-src ${hole}`]);
    }
    expect(looseIn(parsePolicy("connect-src 'self' ws://host"))).toEqual(['connect-src ws://host']);
    expect(looseIn(parsePolicy('script-src data:'))).toEqual(['script-src data:']);
  });
});

describe('what the main process exposes of the system (points 5, 13, 14, 15, 17)', () => {
  test('is guarded from the start', () => {
    expect(found(/\brefuse(?:Navigation|Permissions)\(\w+/g)).toEqual(
      expect.arrayContaining([
        'index.ts: refuseNavigation(app',
        'index.ts: refusePermissions(session',
      ]),
    );
  });

  test('opens addresses in two places: a link by its rule, and the project’s own page', () => {
    expect(found(/\.openExternal\([\w.]*/g)).toEqual([
      'host.ts: .openExternal(link.href',
      'menus.ts: .openExternal(website',
    ]);
    expect(found(/\.(?:openPath|openItem)\(/g)).toEqual([]);
    // For Windows' installer, before there is any page: to our own program, at our own place.
    expect(found(/\.writeShortcutLink\(\w+/g)).toEqual(['squirrel.ts: .writeShortcutLink(entry']);
  });

  test('accepts messages of pages through one guard, in one place, tested with foreign senders', () => {
    const listening = found(/\bipcMain\.(?:handle|handleOnce|on|once|addListener)\b/g);
    expect(listening).toEqual(['sender.ts: ipcMain.handle', 'sender.ts: ipcMain.on']);
    expect(found(/= trustedIpc\(\w+/g)).toEqual(['ipc.ts: = trustedIpc(page']);
    expect(found(/\b(?:MessageChannelMain|ipc-message|postMessage)\b/g)).toEqual([]);
  });
});

describe('Electron itself (point 16)', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

  test('has one pinned version, the same in the lock file', () => {
    const { electron } = manifest.devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages['node_modules/electron'].version).toBe(electron);
  });

  test('is maintained: the release guide says how to check that the version is supported', () => {
    const text = readFileSync('docs/RELEASING.md', 'utf8');
    const section = text.split(/^## /m).find((it) => it.startsWith('Electron’s version\n'));
    expect(section).toContain('npm view electron dist-tags');
    expect(section).toMatch(/three newest major versions/);
  });
});

describe('the checklist in docs/SECURITY.md', () => {
  const text = readFileSync('docs/SECURITY.md', 'utf8');
  const section = text.split(/^## /m).find((it) => it.startsWith('Electron’s checklist\n')) ?? '';
  const rows = [...section.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)];

  test('has all twenty points, in order', () => {
    expect(rows.map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  test('names an existing test for each point', () => {
    for (const [, number, , , tests = ''] of rows) {
      const named = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
      expect(named, `point ${number}`).not.toEqual([]);
      expect(
        named.filter((path) => !/^test\/.*\.test\.tsx?$/.test(path) || !existsSync(path)),
      ).toEqual([]);
    }
  });
});
