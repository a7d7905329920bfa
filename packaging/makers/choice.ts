import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MakerBase } from '@electron-forge/maker-base';
import { MakerSquirrel } from '@electron-forge/maker-squirrel';
import { MakerZIP } from '@electron-forge/maker-zip';
import { MAINTAINER, PACKAGE, PRODUCT, SUMMARY } from '../identity.ts';
import { isOnPath } from '../on-path.ts';
import { windowsSigningOptions } from '../signing.ts';
import { AppImageMaker } from './app-image.ts';
import { DmgMaker } from './dmg.ts';
import { DebMaker, RpmMaker } from './linux-packages.ts';

/** A kind of package of this system: what makes it, or one line on why it is left out. */
export type MakerChoice =
  | { readonly name: string; readonly maker: MakerBase<never> }
  | { readonly name: string; readonly leftOut: string };

/** Every kind of package for `platform`, with what is missing on this machine. */
export function makersFor(platform: NodeJS.Platform): readonly MakerChoice[] {
  if (platform === 'linux') {
    return [
      choose('deb', lackOf('dpkg-deb', 'dpkg'), () => new DebMaker({})),
      choose('rpm', lackOf('rpmbuild', 'rpm'), () => new RpmMaker({})),
      choose('zip', lackOf('zip', 'zip'), () => new MakerZIP({}, ['linux'])),
      choose('AppImage', appImageObstacle(), () => new AppImageMaker({ runtime: runtime() })),
    ];
  }
  if (platform === 'darwin') {
    return [
      choose('dmg', null, () => new DmgMaker({})),
      choose('zip', null, () => new MakerZIP({}, ['darwin'])),
    ];
  }
  if (platform === 'win32') return [choose('squirrel', null, squirrel)];
  return [];
}

function choose(name: string, leftOut: string | null, make: () => { name: string }): MakerChoice {
  return leftOut === null ? { name, maker: make() as MakerBase<never> } : { name, leftOut };
}

function lackOf(program: string, debianPackage: string): string | null {
  if (isOnPath(program)) return null;
  return `${program} is not installed (Debian: apt-get install ${debianPackage})`;
}

function runtime(): string {
  return process.env['APPIMAGE_RUNTIME'] ?? '';
}

function appImageObstacle(): string | null {
  const lack = lackOf('mksquashfs', 'squashfs-tools');
  if (lack) return lack;
  if (runtime() === '')
    return 'APPIMAGE_RUNTIME names no runtime (docs/RELEASING.md says where from)';
  return existsSync(runtime()) ? null : `APPIMAGE_RUNTIME names ${runtime()}, which is not there`;
}

function squirrel(): MakerSquirrel {
  return new MakerSquirrel((arch) => squirrelOptions(arch));
}

/** What Squirrel is told. Its own name for the installer has a space, which GitHub would replace. */
export function squirrelOptions(arch: string) {
  return {
    name: PACKAGE,
    setupExe: `${PRODUCT}-${version()}-${arch}-Setup.exe`,
    authors: MAINTAINER,
    description: SUMMARY,
    setupIcon: join(import.meta.dirname, '../icons/parley.ico'),
    ...windowsSigningOptions(process.env),
  };
}

function version(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
