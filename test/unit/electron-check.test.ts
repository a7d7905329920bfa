import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PACKAGE, PRODUCT } from '../../packaging/identity.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const REAL = /test\/e2e\/electron-real-[\w-]+\.test\.ts/g;

describe('docs/ELECTRON-CHECK.md', () => {
  const text = read('docs/ELECTRON-CHECK.md');

  it('names all tests that need real Electron, and only tests that are there', () => {
    const there = readdirSync('test/e2e')
      .map((name) => `test/e2e/${name}`)
      .filter((path) => path.match(REAL));
    expect(there.length).toBeGreaterThan(5);
    expect([...new Set(text.match(REAL))].sort()).toEqual(there.sort());
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(named).toContain('test:electron');
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the workflows', () => {
  const ci = read('.github/workflows/ci.yml');
  const release = read('.github/workflows/release.yml');

  it('fail where real Electron is missing, instead of skipping its tests', () => {
    expect(ci).toMatch(/^ {6}PARLEY_REQUIRE_ELECTRON: 1$/m);
    expect(ci).toContain('run: node node_modules/electron/install.js');
  });

  it('start the packaged app on three systems, by the names that packages have', () => {
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

  it('make a draft only when all that has passed', () => {
    expect(release).toMatch(/^ {4}uses: \.\/\.github\/workflows\/ci\.yml$/m);
    expect(release).toMatch(/^ {2}make:\n(?: {4}.*\n)*? {4}needs: \[version, test\]$/m);
    expect(release).toMatch(/^ {2}draft:\n(?: {4}.*\n)*? {4}needs: make$/m);
  });
});
