import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { faultsOfInstallation, HOME } from './installed-contents.ts';

const { rpm, folder } = inject('packages');
const root = join(folder, 'rpm-root');

function query(...args: readonly string[]): readonly string[] {
  const text = execFileSync('rpm', ['-qp', ...args, rpm], { encoding: 'utf8' });
  return text.trim().split('\n');
}

describe('the RPM package', () => {
  beforeAll(() => {
    mkdirSync(root, { recursive: true });
    // As a tar: to install it into a folder, rpm would have to change its own root.
    const archive = execFileSync('rpm2archive', ['-n'], {
      input: execFileSync('cat', [rpm], { maxBuffer: 1e9 }),
      maxBuffer: 1e9,
    });
    execFileSync('tar', ['-x', '-p', '-C', root], { input: archive });
  });

  test('has every file in its place, with its mode, and nothing else', () => {
    expect(faultsOfInstallation(root, [`${HOME}/LICENSE`])).toEqual([]);
  });

  test('gives all files to root, and owns only folders of its own', () => {
    const dump = query('--dump').map((line) => line.split(' '));
    expect(dump.length).toBeGreaterThan(30);
    expect(dump.filter((it) => it[5] !== 'root' || it[6] !== 'root')).toEqual([]);
    const folders = dump.filter((it) => it[4]?.startsWith('04')).map((it) => it[0]);
    expect(folders).toEqual([
      '/usr/lib/parley',
      '/usr/lib/parley/locales',
      '/usr/lib/parley/resources',
      '/usr/share/doc/parley',
    ]);
  });

  test('declares itself and Electron’s dependencies, and runs no script of ours as root', () => {
    expect(query('--qf', '%{NAME} %{LICENSE} %{VENDOR}')).toEqual(['parley MIT Parley developers']);
    const requires = query('--requires').join('\n');
    for (const library of ['gtk3', 'nss', 'libnotify', 'alsa-lib', 'libsecret']) {
      expect(requires).toContain(library);
    }
    expect(query('--scripts', '--triggers')).toEqual(['']);
  });
});
