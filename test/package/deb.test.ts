import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { faultsOfInstallation, filesUnder } from './installed-contents.ts';

const { deb, folder } = inject('packages');
const root = join(folder, 'deb-root');

/** Runs dpkg on a system of its own under `root`, as root or playing root. */
function dpkg(...args: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const line = [
    ...(isRoot ? [] : ['fakeroot']),
    ...['dpkg', `--root=${root}`, '--force-not-root', '--force-bad-path'],
    // There is nothing in that system: no library of a desktop, no shell.
    ...['--force-depends', ...args],
  ];
  execFileSync(line[0] ?? '', line.slice(1), { stdio: 'pipe' });
}

function field(name: string): string {
  return execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim();
}

describe('the Debian package', () => {
  beforeAll(() => {
    for (const it of ['info', 'updates', 'triggers']) {
      mkdirSync(join(root, 'var/lib/dpkg', it), { recursive: true });
    }
    mkdirSync(join(root, 'var/log'), { recursive: true });
    writeFileSync(join(root, 'var/lib/dpkg/status'), '');
    dpkg('--install', deb);
  });

  test('installs every file in its place, with its mode, and nothing else', () => {
    expect(faultsOfInstallation(root, ['usr/share/lintian/overrides/parley'])).toEqual([]);
  });

  test('gives all files to root, also when built by an ordinary user', () => {
    const list = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' });
    const lines = list.trim().split('\n');
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter((line) => !/^[-dl][-rwxs]{9} root\/root /.test(line))).toEqual([]);
    expect(lines.filter((line) => /^.{5}w|^.{8}w/.test(line) && !line.startsWith('l'))).toEqual([]);
  });

  test('has a valid desktop entry', () => {
    const entry = join(root, 'usr/share/applications/parley.desktop');
    execFileSync('desktop-file-validate', ['--no-hints', entry], { stdio: 'pipe' });
  });

  test('declares itself and Electron’s dependencies, and runs no script of ours as root', () => {
    expect(field('Package')).toBe('parley');
    expect(field('Version')).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect(field('Maintainer')).toBe('Parley developers');
    const depends = field('Depends');
    for (const library of [
      'libgtk-3-0',
      'libnss3',
      'libnotify4',
      'libgbm1',
      'libasound2',
      'libsecret-1-0',
    ]) {
      expect(depends).toContain(library);
    }
    // Desktop database and icon cache are renewed by dpkg's triggers.
    const control = execFileSync('dpkg-deb', ['--ctrl-tarfile', deb]);
    const names = execFileSync('tar', ['-t'], { input: control, encoding: 'utf8' }).split('\n');
    expect(names.filter((name) => name && !name.endsWith('/'))).toEqual(['./control']);
  });

  test('leaves nothing behind when it is removed', () => {
    dpkg('--purge', 'parley');
    expect(existsSync(join(root, 'usr/lib/parley'))).toBe(false);
    expect(existsSync(join(root, 'usr')) ? filesUnder(root, 'usr') : []).toEqual([]);
    dpkg('--install', deb);
  });
});
