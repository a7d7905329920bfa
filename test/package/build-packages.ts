import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeElectronZip } from './electron-zip.ts';
import { ensureTools } from './tools.ts';

/** The packages that the tests look at. */
export interface BuiltPackages {
  /** A folder for whatever a test unpacks; removed after the last. */
  readonly folder: string;
  readonly deb: string;
  readonly rpm: string;
  readonly zip: string;
  readonly appImage: string;
}

/** What plays AppImage's runtime; a real one is a program. */
export const APPIMAGE_RUNTIME = 'Stands in for the runtime of AppImages.\n';

const ROOT = resolve(import.meta.dirname, '../..');

/** Builds all packages into `folder`, as `npm run make` does, with a stand-in for Electron. */
export async function buildPackages(folder: string): Promise<BuiltPackages> {
  ensureTools();
  const zips = await makeElectronZip(folder);
  const runtime = join(folder, 'runtime');
  writeFileSync(runtime, APPIMAGE_RUNTIME);
  const said = execFileSync(
    process.execPath,
    [join(ROOT, 'scripts/make.ts'), '--out', join(folder, 'dist')],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_ZIP_DIR: zips, APPIMAGE_RUNTIME: runtime },
    },
  );
  const ending = (end: string): string => {
    const line = said.split('\n').find((it) => it.includes(`${end}  `));
    if (!line) throw new Error(`No ${end} was made:\n${said}`);
    return join(folder, line.slice(0, line.indexOf('  ')));
  };
  return {
    folder,
    deb: ending('.deb'),
    rpm: ending('.rpm'),
    zip: ending('.zip'),
    appImage: ending('.AppImage'),
  };
}
