import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { FUSES } from '../../packaging/fuses.ts';
import { extractApp, faultsOfApp } from './app-contents.ts';
import { makeMacZip } from './mac-electron-zip.ts';

/** The text of a key, or the first of its array. */
function textOf(plist: string, key: string): string | undefined {
  const value = new RegExp(`<key>${key}</key>\\s*(?:<array>\\s*)?<string>(.*?)</string>`);
  return value.exec(plist)?.[1];
}

describe('the app for macOS, as far as it can be built on another system', () => {
  const { folder } = inject('packages');
  let app: string;
  let plist: string;
  let sealed: string;
  beforeAll(() => {
    const env = { ...process.env, ELECTRON_ZIP_DIR: makeMacZip(folder), PACKAGE_FOR: 'darwin' };
    const script = join(import.meta.dirname, 'package-for.ts');
    const bin = join(folder, 'mac-bin');
    mkdirSync(bin, { recursive: true });
    sealed = join(bin, 'sealed');
    // Where there is no macOS, `codesign` is played: it notes what it was asked, and over what.
    writeFileSync(
      join(bin, 'codesign'),
      '#!/bin/sh\nfor app; do :; done\n' +
        `echo "$* $(cksum < "$app/Contents/Info.plist")" >> '${sealed}'\n`,
      { mode: 0o755 },
    );
    const made = execFileSync(process.execPath, [script, join(folder, 'mac-dist')], {
      env: { ...env, TMPDIR: folder, PATH: `${bin}:${process.env['PATH']}` },
      encoding: 'utf8',
    });
    app = join(made.trim(), 'Parley.app/Contents');
    plist = readFileSync(join(app, 'Info.plist'), 'utf8');
  });

  test('is called Parley in the Finder and by the system', () => {
    for (const key of ['CFBundleName', 'CFBundleDisplayName', 'CFBundleExecutable']) {
      expect(textOf(plist, key), key).toBe('Parley');
    }
    expect(textOf(plist, 'CFBundleIdentifier')).toBe('parley.desktop');
    expect(textOf(plist, 'LSApplicationCategoryType')).toMatch(/social-networking$/);
  });

  // A seal that the app has outgrown makes macOS call it damaged.
  test('is sealed ad hoc without a certificate, after the last change, and the seal is verified', () => {
    const [seal = '', look = '', ...more] = readFileSync(sealed, 'utf8').trim().split('\n');
    const bundle = join(app, '..');
    const sum = execFileSync('cksum', { input: plist, encoding: 'utf8' }).trim();
    expect(seal).toBe(`--force --deep --sign - ${bundle} ${sum}`);
    expect(look).toBe(`--verify --deep --strict ${bundle} ${sum}`);
    expect(more).toEqual([]);
  });

  test('is exempt from App Nap while hidden', () => {
    expect(plist).toMatch(/<key>LSAppNapIsDisabled<\/key>\s*<true\/>/);
  });

  test('opens parley links', () => {
    expect(textOf(plist, 'CFBundleURLSchemes')).toBe('parley');
  });

  test('explains local network access in each language, and asks for nothing else', () => {
    const key = 'NSLocalNetworkUsageDescription';
    expect(textOf(plist, key)).toContain('your network');
    expect([...plist.matchAll(/NS\w+UsageDescription/g)].map(([it]) => it)).toEqual([key]);
    for (const language of ['ar', 'de', 'en', 'es', 'fr', 'ja', 'zh_CN']) {
      const texts = join(app, `Resources/${language}.lproj/InfoPlist.strings`);
      expect(readFileSync(texts, 'utf8'), language).toMatch(/^"NSLocalNetwork.* = ".+";\n$/);
    }
  });

  test('has our icon, our app, its hash and all licences', () => {
    const resources = join(app, 'Resources');
    const icon = readFileSync(join(resources, 'electron.icns'));
    expect(icon.equals(readFileSync('packaging/icons/parley.icns'))).toBe(true);
    const extracted = extractApp(join(resources, 'app.asar'), join(folder, 'mac-app'));
    expect(faultsOfApp(extracted)).toEqual([]);
    expect(plist).toMatch(/ElectronAsarIntegrity<\/key>\s*<dict>\s*<key>Resources\/app\.asar</);
    const files = readdirSync(resources);
    expect(files).toContain('LICENSE');
    expect(files).toContain('LICENSE.electron.txt');
    expect(files).toContain('LICENSES.chromium.html');
    expect(files).toContain('LICENSES.third-party.txt');
    expect(files).not.toContain('default_app.asar');
  });

  test('has its fuses set in Electron’s framework', async () => {
    const wire = await getCurrentFuseWire(join(app, 'MacOS/Parley'));
    const names = Object.keys(FuseV1Options).filter((it) => Number.isNaN(Number(it)));
    for (const name of names) {
      const index = FuseV1Options[name as keyof typeof FuseV1Options];
      expect(wire[index] === FuseState.ENABLE, name).toBe(FUSES[index]);
    }
  });
});
