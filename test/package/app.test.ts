import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { FUSES } from '../../packaging/fuses.ts';
import { addedBytes } from './added-bytes.ts';
import { faultsOfApp } from './app-contents.ts';
import { RELEASED_FUSES } from './electron-zip.ts';
import { installedApp, unpackedDeb } from './installed-app.ts';
import { faultsOfInstallation, filesUnder, HOME } from './installed-contents.ts';

/** What Parley adds to Electron may take, compressed: bytes. */
const BUDGET = 2_000_000;

describe('the app in the package', () => {
  let app: string;
  let root: string;
  beforeAll(() => {
    root = unpackedDeb('app-deb');
    app = installedApp('app-deb');
  });

  test('is the three bundles, complete, and nothing else: no sources, no maps, no node_modules', () => {
    expect(faultsOfApp(app)).toEqual([]);
  });

  test('adds no more to Electron than its budget', () => {
    expect(addedBytes(root)).toBeLessThan(BUDGET);
    // The stand-in weighs next to nothing, so these packages are what Parley adds.
    const { deb, rpm, zip, appImage } = inject('packages');
    for (const path of [deb, rpm, zip, appImage]) {
      expect(statSync(path).size).toBeLessThan(BUDGET);
    }
  });

  test('carries the licences of everything that is bundled', () => {
    const licences = readFileSync(join(root, HOME, 'LICENSES.third-party.txt'), 'utf8');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const names = [...Object.keys(dependencies), 'emojibase-data'];
    expect(names.filter((name) => !licences.includes(`${name} `))).toEqual([]);
    const copyright = readFileSync(join(root, 'usr/share/doc/parley/copyright'), 'utf8');
    expect(copyright).toContain('LICENSES.third-party.txt');
    expect(copyright.startsWith(readFileSync('LICENSE', 'utf8').trimEnd())).toBe(true);
  });
});

describe('Electron’s fuses in the package', () => {
  test('are all set as decided, read back from the binary', async () => {
    const wire = await getCurrentFuseWire(join(unpackedDeb('app-deb'), HOME, 'parley'));
    const names = Object.keys(FuseV1Options).filter((it) => Number.isNaN(Number(it)));
    expect(names).toHaveLength(RELEASED_FUSES.length);
    const read = names.map((name) => {
      const index = FuseV1Options[name as keyof typeof FuseV1Options];
      return [name, wire[index] === FuseState.ENABLE, FUSES[index]] as const;
    });
    expect(read.filter(([, is, decided]) => is !== decided)).toEqual([]);
    expect(read.filter(([, is]) => is).map(([name]) => name)).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
  });
});

describe('an incomplete package', () => {
  const broken = async (break_: (root: string, app: string) => void) => {
    const { folder } = inject('packages');
    const root = join(folder, 'broken');
    const app = join(folder, 'broken-app');
    await cp(unpackedDeb('app-deb'), root, { recursive: true, verbatimSymlinks: true });
    await cp(join(folder, 'app-deb-app'), app, { recursive: true });
    break_(root, app);
    const faults = [
      ...faultsOfApp(app),
      ...faultsOfInstallation(root, ['usr/share/lintian/overrides/parley']),
    ];
    rmSync(root, { recursive: true });
    rmSync(app, { recursive: true });
    return faults;
  };
  const chunkOf = (app: string, start: string): string => {
    const found = filesUnder(app, 'out').find((it) => it.includes(`/${start}-`));
    if (!found) throw new Error(`No ${start} in the app.`);
    return join(app, found);
  };

  test('passes the check when nothing is removed', async () => {
    expect(await broken(() => {})).toEqual([]);
  });

  test.each([
    ['the preload', (_root: string, app: string) => rmSync(join(app, 'out/preload/index.cjs'))],
    ['the page', (_root: string, app: string) => rmSync(join(app, 'out/renderer/index.html'))],
    ['the main script', (_root: string, app: string) => rmSync(join(app, 'out/main/index.js'))],
    ['a language', (_root: string, app: string) => rmSync(chunkOf(app, 'ja'))],
    ['the emoji', (_root: string, app: string) => rmSync(chunkOf(app, 'emoji-panel'))],
    ['a part of the core', (_root: string, app: string) => rmSync(chunkOf(app, 'store'))],
    ['package.json', (_root: string, app: string) => rmSync(join(app, 'package.json'))],
    ['the app', (root: string) => rmSync(join(root, HOME, 'resources/app.asar'))],
    [
      'an icon',
      (root: string) => rmSync(join(root, 'usr/share/icons/hicolor/48x48/apps/parley.png')),
    ],
    ['the handler of links', (root: string) => dropLine(root, 'MimeType')],
    ['the sandbox', (root: string) => rmSync(join(root, HOME, 'chrome-sandbox'))],
  ])('is detected: %s', async (_what, take) => {
    expect(await broken(take)).not.toEqual([]);
  });

  test.each(['out/main/index.js.map', 'node_modules/ws/index.js', 'src/main/index.ts', '.env'])(
    'is also detected when it has a file that does not belong there: %s',
    async (name) => {
      const faults = await broken((_root, app) => {
        mkdirSync(dirname(join(app, name)), { recursive: true });
        writeFileSync(join(app, name), '');
      });
      expect(faults).toContain(`${name} does not belong in the package`);
    },
  );
});

/** Takes a line out of the desktop entry. */
function dropLine(root: string, key: string): void {
  const entry = join(root, 'usr/share/applications/parley.desktop');
  const lines = readFileSync(entry, 'utf8').split('\n');
  writeFileSync(entry, lines.filter((line) => !line.startsWith(`${key}=`)).join('\n'));
}
