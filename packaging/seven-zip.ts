import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Squirrel's tools lie; it calls `7z.exe` there. */
export const SQUIRREL_TOOLS = join(
  import.meta.dirname,
  '../node_modules/electron-winstaller/vendor',
);

/**
 * Puts 7-Zip for this processor where Squirrel looks for it. Its package would do so in an install
 * script; scripts of packages are not run here (`allowScripts` in package.json), and this one would
 * be missed only when the installer for Windows is made.
 */
export function ensureSevenZip(tools: string, arch: string): void {
  for (const kind of ['exe', 'dll']) {
    const target = join(tools, `7z.${kind}`);
    const source = join(tools, `7z-${arch}.${kind}`);
    if (existsSync(target)) continue;
    if (!existsSync(source)) {
      throw new Error(
        `Squirrel cannot make an installer without ${target}, and there is no ${source} to take its place. Run "npm ci".`,
      );
    }
    copyFileSync(source, target);
  }
}
