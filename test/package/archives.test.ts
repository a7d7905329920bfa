import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { APPIMAGE_RUNTIME } from './build-packages.ts';
import { APP_FOLDER, difference, filesUnder } from './installed-contents.ts';
import { pngSize } from './png.ts';

const { deb, rpm, zip, appImage, folder } = inject('packages');

// GitHub replaces any other character, and the list of checksums would name no file of a release.
test.each([deb, rpm, zip, appImage])('%s has a file name that a GitHub release keeps', (path) => {
  expect(basename(path)).toMatch(/^[A-Za-z0-9._-]+$/);
});

describe('the zip', () => {
  const root = join(folder, 'unzipped');
  const app = `Parley-linux-${process.arch}`;
  beforeAll(() => {
    execFileSync('unzip', ['-q', '-o', zip, '-d', root]);
  });

  test('unpacks to one folder with the app and nothing else', () => {
    const wanted = [...APP_FOLDER, 'LICENSE'].map((name) => `${app}/${name}`);
    expect(difference(filesUnder(root, '.'), wanted)).toEqual([]);
    expect(statSync(join(root, app, 'parley')).mode & 0o777).toBe(0o755);
  });
});

describe('the AppImage', () => {
  const root = join(folder, 'app-image');
  beforeAll(() => {
    mkdirSync(root, { recursive: true });
    const offset = String(Buffer.byteLength(APPIMAGE_RUNTIME));
    const into = ['-d', join(root, 'tree'), '-no-xattrs'];
    execFileSync('unsquashfs', ['-quiet', '-offset', offset, ...into, appImage], { stdio: 'pipe' });
  });

  test('is executable: the given runtime, then the image', () => {
    expect(statSync(appImage).mode & 0o777).toBe(0o755);
    expect(readFileSync(appImage, 'latin1').startsWith('Stands in for the runtime')).toBe(true);
  });

  test('holds the app, and what the runtime and desktops look for at its root', () => {
    const wanted = [
      ...[...APP_FOLDER, 'LICENSE'].map((name) => `tree/usr/lib/parley/${name}`),
      ...['AppRun', '.DirIcon', 'parley.desktop', 'parley.png'].map((name) => `tree/${name}`),
    ];
    expect(difference(filesUnder(root, 'tree'), wanted)).toEqual([]);
    expect(readlinkSync(join(root, 'tree/AppRun'))).toBe('usr/lib/parley/parley');
    expect(pngSize(join(root, 'tree/parley.png'))).toBe(256);
    // Everybody may enter it, whoever built it.
    expect(lstatSync(join(root, 'tree/usr/lib/parley')).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(root, 'tree')).mode & 0o777).toBe(0o755);
  });
});
