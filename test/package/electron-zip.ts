import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';

const ELECTRON = join(import.meta.dirname, '../../node_modules/electron/package.json');

/** What Electron's fuses are before anybody sets them: its own defaults, as it is released. */
export const RELEASED_FUSES = '101100011';

/** Where in the binary the fuses are: @electron/fuses searches for these bytes. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The programs among its files. */
export const PROGRAMS = ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'];

/** The other files of Electron for Linux, as its zip has them. */
export const FILES = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
  'locales/de.pak',
  'locales/en-US.pak',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
];

/** The version that package.json asks for, and that the zip is named by. */
export function electronVersion(): string {
  return JSON.parse(readFileSync(ELECTRON, 'utf8')).version;
}

/**
 * Plays Electron's release for makers: its files by name, each with a line in it, and an `electron`
 * with real fuses. It starts nothing; see README.md. Answers the folder that holds the zip.
 */
export async function makeElectronZip(folder: string): Promise<string> {
  const tree = join(folder, 'electron');
  for (const name of [...FILES, ...PROGRAMS]) {
    const path = join(tree, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contentOf(name));
    chmodSync(path, PROGRAMS.includes(name) || name.includes('.so') ? 0o755 : 0o644);
  }
  const defaultApp = join(folder, 'default-app');
  mkdirSync(defaultApp, { recursive: true });
  writeFileSync(join(defaultApp, 'main.js'), '// Electron’s own default app.\n');
  mkdirSync(join(tree, 'resources'), { recursive: true });
  await createPackage(defaultApp, join(tree, 'resources/default_app.asar'));
  const zips = join(folder, 'zips');
  mkdirSync(zips, { recursive: true });
  const zip = join(zips, `electron-v${electronVersion()}-linux-${process.arch}.zip`);
  execFileSync('zip', ['-q', '-r', zip, '.'], { cwd: tree });
  return zips;
}

function contentOf(name: string): string | Buffer {
  if (name === 'version') return electronVersion();
  if (name !== 'electron') return `Stands in for Electron's ${name}.\n`;
  const script = Buffer.from('#!/bin/sh\necho "This is not Electron." >&2\nexit 1\n');
  return Buffer.concat([script, fusesAsReleased()]);
}

/** The part of Electron's binary with its fuses, as it is released. */
export function fusesAsReleased(): Buffer {
  return Buffer.concat([
    Buffer.from(SENTINEL, 'latin1'),
    // The version of the fuses' layout, how many there are, and each as a digit.
    Buffer.from([1, RELEASED_FUSES.length]),
    Buffer.from(RELEASED_FUSES, 'latin1'),
    Buffer.from('\n'),
  ]);
}
