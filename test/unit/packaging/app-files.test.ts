import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appFiles, isWanted } from '../../../packaging/app-files.ts';

const BUILT: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'out/main/index.js': 'import { a } from "./chunks/shared-1.js"; import("./chunks/late-1.js");',
  'out/main/index.js.map': '{}',
  'out/main/parley.js': 'import "./chunks/shared-1.js"; import "./chunks/terminal-1.js";',
  'out/main/chunks/shared-1.js': '',
  'out/main/chunks/late-1.js': '',
  'out/main/chunks/terminal-1.js': '',
  'out/main/tray.png': '',
  'out/preload/index.cjs': '',
  'out/renderer/index.html': '<script src="./assets/index-1.js"></script>',
  'out/renderer/assets/index-1.js': '',
  'src/main/index.ts': '',
  'node_modules/ws/index.js': '',
};

describe('the files of a package', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-app-files-'));
    for (const [name, text] of Object.entries(BUILT)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('are all that the app loads, without maps and terminal-only files', () => {
    expect([...appFiles(root)].toSorted()).toEqual([
      'out/main/chunks/late-1.js',
      'out/main/chunks/shared-1.js',
      'out/main/index.js',
      'out/main/tray.png',
      'out/preload/index.cjs',
      'out/renderer/assets/index-1.js',
      'out/renderer/index.html',
      'package.json',
    ]);
  });

  test('come with their folders, and no other folder is read', () => {
    const files = appFiles(root);
    const paths = ['', '/out', '/out/main/chunks', '/out/main/index.js', '/package.json'];
    expect(paths.filter((path) => !isWanted(files, path))).toEqual([]);
    const others = [
      '/src',
      '/node_modules',
      '/out/main/index.js.map',
      '/out/mai',
      '/.git',
      '/.vscode',
      '/.node-version',
    ];
    expect(others.filter((path) => isWanted(files, path))).toEqual([]);
  });

  test('are an error when the app was not built', () => {
    rmSync(join(root, 'out/preload'), { recursive: true });
    expect(() => appFiles(root)).toThrow('out/preload/index.cjs');
  });
});
