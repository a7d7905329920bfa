import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makersFor, squirrelOptions } from '../../../packaging/makers/choice.ts';
import { untilFree } from '../../../packaging/makers/dmg.ts';

describe('the packages that a machine can make', () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'parley-bin-'));
    vi.stubEnv('PATH', bin);
    vi.stubEnv('APPIMAGE_RUNTIME', '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(bin, { recursive: true });
  });
  const install = (...programs: readonly string[]): void => {
    for (const name of programs) writeFileSync(join(bin, name), '', { mode: 0o755 });
  };
  const made = (platform: NodeJS.Platform) =>
    makersFor(platform).flatMap((it) => ('maker' in it ? [it.name] : []));
  const leftOut = () =>
    makersFor('linux').flatMap((it) => ('leftOut' in it ? [`${it.name}: ${it.leftOut}`] : []));

  test('are those whose tools are installed; for the others it names what to install', () => {
    expect(made('linux')).toEqual([]);
    expect(leftOut()).toEqual([
      'deb: dpkg-deb is not installed (Debian: apt-get install dpkg)',
      'rpm: rpmbuild is not installed (Debian: apt-get install rpm)',
      'zip: zip is not installed (Debian: apt-get install zip)',
      'AppImage: mksquashfs is not installed (Debian: apt-get install squashfs-tools)',
    ]);
    install('dpkg-deb', 'zip');
    expect(made('linux')).toEqual(['deb', 'zip']);
  });

  test('include an AppImage only with its runtime', () => {
    install('mksquashfs');
    expect(leftOut().at(-1)).toMatch(/^AppImage: APPIMAGE_RUNTIME names no runtime/);
    vi.stubEnv('APPIMAGE_RUNTIME', join(bin, 'runtime'));
    expect(leftOut().at(-1)).toMatch(/which is not there$/);
    install('runtime');
    expect(made('linux')).toEqual(['AppImage']);
  });

  test('need only built-in tools on macOS and Windows', () => {
    expect(made('darwin')).toEqual(['dmg', 'zip']);
    expect(made('win32')).toEqual(['squirrel']);
    expect(makersFor('freebsd')).toEqual([]);
  });
});

/** What GitHub keeps of a release's file name; it puts a full stop in the place of anything else. */
const KEPT_NAME = /^[A-Za-z0-9._-]+$/;

test('the Windows installer has a file name that a checksum list can hold', () => {
  const { setupExe, name } = squirrelOptions('x64');
  expect(setupExe).toMatch(/^Parley-\d+\.\d+\.\d+-x64-Setup\.exe$/);
  expect(setupExe).toMatch(KEPT_NAME);
  expect(name).toMatch(KEPT_NAME);
});

describe('making a disk image', () => {
  const busy = new Error('hdiutil: create failed - Resource busy');

  test('is retried while another process uses the volume, but not for ever', async () => {
    const pause = vi.fn(async () => {});
    const soon = vi.fn().mockRejectedValueOnce(busy).mockRejectedValueOnce(busy);
    await untilFree(soon, pause);
    expect(soon).toHaveBeenCalledTimes(3);
    const never = vi.fn().mockRejectedValue(busy);
    await expect(untilFree(never, pause)).rejects.toThrow('Resource busy');
    expect(never).toHaveBeenCalledTimes(5);
    expect(pause).toHaveBeenCalledTimes(6);
  });

  test('is not retried after any other failure', async () => {
    const full = vi.fn().mockRejectedValue(new Error('No space left on device'));
    await expect(untilFree(full)).rejects.toThrow('No space');
    expect(full).toHaveBeenCalledOnce();
  });
});
