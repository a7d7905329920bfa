import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MakerBase, type MakerOptions } from '@electron-forge/maker-base';
import type { ForgeArch, ForgePlatform } from '@electron-forge/shared-types';
import debian from 'electron-installer-debian';
import redhat from 'electron-installer-redhat';
import { DESCRIPTION, MAINTAINER, PACKAGE, SUMMARY } from '../identity.ts';
import { linuxIcons } from './linux-icons.ts';

// Forge's own deb maker finds its installer only under a newer Node than npm may run on, and its rpm
// maker has no release that fits. Both are a few lines around these installers.

const LINUX = join(import.meta.dirname, '../linux');

// Electron does not start without ALSA's library, which the installers leave to chance; what they
// know it needs is added to this.

/** What both kinds of packages say about the app. */
const ABOUT = {
  name: PACKAGE,
  bin: PACKAGE,
  description: SUMMARY,
  productDescription: DESCRIPTION,
  maintainer: MAINTAINER,
  desktopTemplate: join(LINUX, 'parley.desktop'),
};

export class DebMaker extends MakerBase<Record<string, never>> {
  name = 'deb';
  defaultPlatforms: ForgePlatform[] = ['linux'];

  override isSupportedOnCurrentPlatform(): boolean {
    return true;
  }

  override async make({ dir, makeDir, targetArch }: MakerOptions): Promise<string[]> {
    const { packagePaths } = await debian({
      ...ABOUT,
      icon: linuxIcons(),
      section: 'net',
      arch: named(DEBIAN_ARCHES, targetArch),
      src: dir,
      dest: await freshFolder(join(makeDir, 'deb')),
      options: { depends: ['libasound2t64 | libasound2'] },
    });
    return [...packagePaths];
  }
}

export class RpmMaker extends MakerBase<Record<string, never>> {
  name = 'rpm';
  defaultPlatforms: ForgePlatform[] = ['linux'];

  override isSupportedOnCurrentPlatform(): boolean {
    return true;
  }

  override async make({ dir, makeDir, targetArch }: MakerOptions): Promise<string[]> {
    const { packagePaths } = await redhat({
      ...ABOUT,
      icon: linuxIcons(),
      specTemplate: join(LINUX, 'parley.spec'),
      compressionLevel: 6,
      arch: named(REDHAT_ARCHES, targetArch),
      src: dir,
      dest: await freshFolder(join(makeDir, 'rpm')),
      options: { requires: ['(alsa-lib or libasound2)'] },
    });
    return [...packagePaths];
  }
}

// Electron is built for these two.
type Arches = Readonly<Partial<Record<ForgeArch, string>>>;
const DEBIAN_ARCHES: Arches = { x64: 'amd64', arm64: 'arm64' };
const REDHAT_ARCHES: Arches = { x64: 'x86_64', arm64: 'aarch64' };

function named(arches: Arches, arch: ForgeArch): string {
  const name = arches[arch];
  if (!name) throw new Error(`There is no such package for ${arch}.`);
  return name;
}

async function freshFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}
