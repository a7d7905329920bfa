import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE, PRODUCT } from '../../packaging/identity.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { BUN } from '../support/boringssl/bun.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const REAL = /test\/e2e\/electron-real-[\w-]+\.test\.ts/g;

describe('docs/ELECTRON-CHECK.md', () => {
  const text = read('docs/ELECTRON-CHECK.md');

  test('lists every test that needs real Electron, and only tests that exist', () => {
    const there = readdirSync('test/e2e')
      .map((name) => `test/e2e/${name}`)
      .filter((path) => path.match(REAL));
    expect(there.length).toBeGreaterThan(5);
    expect([...new Set(text.match(REAL))].sort()).toEqual(there.sort());
  });

  test('lists only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named).toContain('test:electron');
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the workflows', () => {
  const ci = read('.github/workflows/ci.yml');
  const release = read('.github/workflows/release.yml');

  test('fail when real Electron is missing, instead of skipping its tests', () => {
    expect(ci).toMatch(/^ {6}PARLEY_REQUIRE_ELECTRON: 1$/m);
    expect(ci).toContain('run: node node_modules/electron/install.js');
  });

  test('start the packaged app on three systems, by the file names of its packages', () => {
    const programs = [
      `dist/${PRODUCT}-linux-x64/${PACKAGE}`,
      `dist/${PRODUCT}-darwin-arm64/${PRODUCT}.app/Contents/MacOS/${PRODUCT}`,
      `dist/${PRODUCT}-win32-x64/${PRODUCT}.exe`,
    ];
    for (const workflow of [ci, release]) {
      const named = [...workflow.matchAll(/^ +program: (.+)$/gm)].map(([, path]) => path);
      expect(named).toEqual(programs);
      expect(workflow).toMatch(/PARLEY_PACKAGED_APP: \$\{\{ matrix\.program \}\}/);
      expect(workflow).toContain('npm run test:packaged');
    }
  });

  // Node 20, which the majors before ran on, is gone from the runners.
  test('use majors of actions that run on Node 24, and a supported Node', () => {
    const least: Readonly<Record<string, number>> = {
      'actions/checkout': 5,
      'actions/setup-node': 5,
      'actions/upload-artifact': 6,
      'actions/download-artifact': 7,
      'actions/attest-build-provenance': 4,
    };
    for (const workflow of [ci, release]) {
      const used = [...workflow.matchAll(/uses: ([\w-]+\/[\w-]+)@v(\d+)$/gm)];
      expect(used.length).toBeGreaterThan(2);
      for (const [, action = '', major] of used) {
        expect(Number(major), action).toBeGreaterThanOrEqual(least[action] ?? Number.NaN);
      }
      const nodes = [...workflow.matchAll(/node-version: (.+)$/gm)].map(([, it]) => Number(it));
      expect(nodes.length).toBeGreaterThan(0);
      // What installs Electron asks for 22.12 at least.
      for (const node of nodes) expect(node).toBeGreaterThanOrEqual(24);
    }
  });

  test('pin the Ubuntu version, and handle one without the AppArmor lock', () => {
    for (const workflow of [ci, release]) {
      expect(workflow).not.toContain('ubuntu-latest');
      const unlocking = [...workflow.matchAll(/sysctl -w kernel\.apparmor.*$/gm)];
      expect(unlocking.length).toBeGreaterThan(0);
      for (const [line] of unlocking) expect(line).toMatch(/ \|\| true$/);
    }
  });

  test('verify the signature seal of the macOS app, and open a window on Wayland', () => {
    for (const workflow of [ci, release]) {
      expect(workflow).toMatch(/codesign --verify --deep --strict dist\/Parley-darwin-/);
    }
    expect(ci).toMatch(/weston --backend=headless/);
    expect(ci).toMatch(/vitest run --project e2e test\/e2e\/electron-real-window\.test\.ts/);
  });

  test('run the BoringSSL tests with a pinned bun', () => {
    expect(ci).toContain(`npm install --no-save --ignore-scripts ${BUN}`);
  });

  // The step itself, on names that GitHub keeps and on one that it does not. (The runner is a Linux.)
  test.runIf(process.platform === 'linux')(
    'make no release with file names that GitHub would change',
    () => {
      const [, step = 'exit 9'] =
        /name: All files in one folder.*\n +run: \|\n((?: {10}.*\n)+)/.exec(release) ?? [''];
      const collect = (...names: readonly string[]) => {
        const cwd = temporaryFolder();
        mkdirSync(join(cwd, 'made/of-one-system'), { recursive: true });
        for (const name of names) writeFileSync(join(cwd, 'made/of-one-system', name), name);
        const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step], { cwd });
        return { status, files: readdirSync(join(cwd, 'release')) };
      };
      const whole = collect('Parley-0.1.0-x64-Setup.exe', 'RELEASES', 'parley_0.1.0_amd64.deb');
      expect(whole.status).toBe(0);
      expect(whole.files).toContain('SHA256SUMS');
      expect(collect('Parley-0.1.0 Setup.exe').status).toBe(1);
    },
  );

  test('create a draft only when everything before has passed', () => {
    expect(release).toMatch(/^ {4}uses: \.\/\.github\/workflows\/ci\.yml$/m);
    expect(release).toMatch(/^ {2}make:\n(?: {4}.*\n)*? {4}needs: \[version, test\]$/m);
    expect(release).toMatch(/^ {2}draft:\n(?: {4}.*\n)*? {4}needs: make$/m);
  });
});
