import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { api, type MakeOptions } from '@electron-forge/core';
import { makersFor } from '../packaging/makers/choice.ts';
import { ensureSevenZip, SQUIRREL_TOOLS } from '../packaging/seven-zip.ts';
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
  if (process.platform === 'win32') {
    try {
      ensureSevenZip(SQUIRREL_TOOLS, process.arch);
    } catch (error) {
      console.error(`❌ ${error instanceof Error ? error.message : error}`);
      return 1;
    }
  }
  // The packager empties a folder of one name for all: two makes at once would meet there.
  const scratch = mkdtempSync(join(tmpdir(), 'parley-make-'));
  Object.assign(process.env, { TMPDIR: scratch, TEMP: scratch, TMP: scratch });
  try {
    const made = await api.make({ dir: ROOT, interactive: false, ...asked() });
    for (const path of made.flatMap(({ artifacts }) => artifacts)) {
      const size = (statSync(path).size / 1e6).toFixed(1);
      console.log(`${relative(process.cwd(), path)}  ${size} MB`);
    }
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`❌ ${reason}`);
    if (/fetch|download|zip|status code/i.test(reason)) console.error(howToGetElectron());
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Forge refuses a processor that it does not know. */
function asked(): Pick<MakeOptions, 'arch' | 'outDir'> {
  const { arch, out } = values;
  return {
    ...(arch && { arch: arch as MakeOptions['arch'] & string }),
    ...(out && { outDir: out }),
  };
}

function howToGetElectron(): string {
  const manifest = readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8');
  const { version } = JSON.parse(manifest);
  const zip = `electron-v${version}-${process.platform}-${values.arch ?? process.arch}.zip`;
  return (
    "   Electron's binary is fetched once for each system. To supply it, set ELECTRON_MIRROR to a\n" +
    `   mirror of its releases, or ELECTRON_ZIP_DIR to a folder that holds ${zip}.`
  );
}

process.exitCode = await make();
