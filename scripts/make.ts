import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { api, type MakeOptions } from '@electron-forge/core';
import { makersFor } from '../packaging/makers/choice.ts';
import { ensureBuilt } from './ensure-built.ts';

// `npm run make`: builds the packages that this system can build, into dist/make. With
// `-- --arch arm64` for another processor, with `-- --out FOLDER` into another place.

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { arch: { type: 'string' }, out: { type: 'string' } } });

async function make(): Promise<number> {
  if (!(await ensureBuilt())) return 1;
  const choices = makersFor(process.platform);
  for (const it of choices) if ('leftOut' in it) console.log(`No ${it.name}: ${it.leftOut}.`);
  if (!choices.some((it) => 'maker' in it)) {
    console.error('❌ There is no package that can be made on this system.');
    return 1;
  }
  try {
    const made = await api.make({ dir: ROOT, interactive: false, ...asked() });
    for (const path of made.flatMap(({ artifacts }) => artifacts)) {
      const size = (statSync(path).size / 1e6).toFixed(1);
      console.log(`${relative(process.cwd(), path)}  ${size} MB`);
    }
    return 0;
  } catch (error) {
    console.error(`❌ ${error instanceof Error ? error.message : String(error)}`);
    console.error(
      "   If it is Electron's binary that could not be fetched: set ELECTRON_MIRROR to a mirror of\n" +
        '   its releases, or ELECTRON_ZIP_DIR to a folder that holds its zip as released\n' +
        '   (electron-v45.4.1-linux-x64.zip, or as your system calls it).',
    );
    return 1;
  }
}

/** Forge refuses a processor that it does not know. */
function asked(): Pick<MakeOptions, 'arch' | 'outDir'> {
  const { arch, out } = values;
  return {
    ...(arch && { arch: arch as NodeJS.Architecture & 'x64' }),
    ...(out && { outDir: out }),
  };
}

process.exitCode = await make();
