import { execFile } from 'node:child_process';
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MakerBase, type MakerOptions } from '@electron-forge/maker-base';
import type { ForgePlatform } from '@electron-forge/shared-types';
import { PACKAGE, PRODUCT } from '../identity.ts';
import { linuxIcons } from './linux-icons.ts';

const run = promisify(execFile);

export interface AppImageConfig {
  /** The program in front of the file system, from the AppImage project, for the same processor. */
  readonly runtime: string;
}

/** One file that runs without being installed: AppImage's runtime, then a SquashFS of the app. */
export class AppImageMaker extends MakerBase<AppImageConfig> {
  name = 'AppImage';
  defaultPlatforms: ForgePlatform[] = ['linux'];
  override requiredExternalBinaries = ['mksquashfs'];

  override isSupportedOnCurrentPlatform(): boolean {
    return true;
  }

  override async make(options: MakerOptions): Promise<string[]> {
    const { dir, makeDir, targetArch, packageJSON } = options;
    const folder = await mkdtemp(join(tmpdir(), 'parley-appimage-'));
    try {
      const tree = join(folder, 'tree');
      await layOut(dir, tree);
      const image = join(folder, 'image');
      await run('mksquashfs', [tree, image, '-all-root', '-noappend', '-comp', 'zstd', '-quiet']);
      const out = join(makeDir, 'AppImage');
      await mkdir(out, { recursive: true });
      const arch = targetArch === 'x64' ? 'x86_64' : 'aarch64';
      const file = join(out, `${PRODUCT}-${packageJSON.version}-${arch}.AppImage`);
      const parts = [await readFile(this.config.runtime), await readFile(image)];
      await writeFile(file, Buffer.concat(parts));
      await chmod(file, 0o755);
      return [file];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The tree as the AppImage's runtime and desktops look for it. */
async function layOut(app: string, tree: string): Promise<void> {
  const home = `usr/lib/${PACKAGE}`;
  const icons = linuxIcons();
  const entry = join(import.meta.dirname, '../linux', `${PACKAGE}.desktop`);
  await mkdir(join(tree, 'usr/lib'), { recursive: true });
  await cp(app, join(tree, home), { recursive: true, verbatimSymlinks: true });
  await symlink(`${home}/${PACKAGE}`, join(tree, 'AppRun'));
  await copyFile(entry, join(tree, `${PACKAGE}.desktop`));
  await copyFile(icons['256x256'] ?? '', join(tree, `${PACKAGE}.png`));
  await symlink(`${PACKAGE}.png`, join(tree, '.DirIcon'));
}
