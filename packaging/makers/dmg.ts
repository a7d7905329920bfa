import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MakerBase, type MakerOptions } from '@electron-forge/maker-base';
import type { ForgePlatform } from '@electron-forge/shared-types';

const run = promisify(execFile);

/**
 * A disk image with the app beside a link to Applications, made by the system's own tool. (Forge's
 * maker needs two native modules for a picture behind the icons.)
 */
export class DmgMaker extends MakerBase<Record<string, never>> {
  name = 'dmg';
  defaultPlatforms: ForgePlatform[] = ['darwin'];
  override requiredExternalBinaries = ['hdiutil'];

  override isSupportedOnCurrentPlatform(): boolean {
    return process.platform === 'darwin';
  }

  override async make(options: MakerOptions): Promise<string[]> {
    const { dir, makeDir, appName, targetArch, packageJSON } = options;
    const folder = await mkdtemp(join(tmpdir(), 'parley-dmg-'));
    try {
      const app = `${appName}.app`;
      await cp(join(dir, app), join(folder, app), { recursive: true, verbatimSymlinks: true });
      await symlink('/Applications', join(folder, 'Applications'));
      const out = join(makeDir, 'dmg');
      await mkdir(out, { recursive: true });
      const file = join(out, `${appName}-${packageJSON.version}-${targetArch}.dmg`);
      await untilFree(() =>
        run('hdiutil', [
          ...['create', '-volname', appName, '-srcfolder', folder],
          ...['-fs', 'HFS+', '-format', 'UDZO', '-ov', file],
        ]),
      );
      return [file];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** How often `hdiutil` is tried, and how long is waited in between. Milliseconds. */
const TRIES = 5;
const PAUSE = 3_000;

/** Something that looks at every new volume, such as Spotlight, makes it fail now and then. */
export async function untilFree(
  task: () => Promise<unknown>,
  pause: () => Promise<unknown> = () => sleep(PAUSE),
): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      await task();
      return;
    } catch (error) {
      if (left <= 1 || !/resource busy/i.test(String(error))) throw error;
      await pause();
    }
  }
}
