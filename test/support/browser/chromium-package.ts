import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium');

/** A browser that can be started: the binary, and what to add to its environment. */
export interface ChromiumBinary {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Chromium for Linux x64 that the npm package carries, unpacked once under `node_modules`. It
 * brings the few shared libraries that a bare Debian lacks (NSS, NSPR, expat) and a font.
 */
export async function packagedChromium(): Promise<ChromiumBinary> {
  const home = join(ROOT, 'node_modules/.cache', `chromium-${await packageVersion()}`);
  if (!existsSync(home)) await unpack(home);
  const executable = join(home, 'chromium');
  return {
    executable,
    env: { FONTCONFIG_FILE: join(home, 'parley-fonts.conf'), ...libraryPath(executable, home) },
  };
}

async function packageVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  return String((manifest as { version: unknown }).version);
}

/**
 * Unpacks beside the final place and moves it there in one step, so that two test files starting at
 * once cannot run a half-written binary: whoever comes second throws its own copy away.
 */
async function unpack(home: string): Promise<void> {
  const cache = join(home, '..');
  await mkdir(cache, { recursive: true });
  const stage = await mkdtemp(join(cache, 'unpacking-'));
  try {
    // The package unpacks into the temporary directory, and its libraries only where it believes
    // to be on Amazon's Linux. Both are decided by the environment: hence a process of its own.
    const script = `const { default: it } = await import(${JSON.stringify('@sparticuz/chromium')}); await it.executablePath();`;
    await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: stage, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    await writeFile(join(stage, 'parley-fonts.conf'), fontConfiguration(home));
    await rename(stage, home).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The packaged font first, so that pages look the same everywhere; the system's for the rest. */
function fontConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${home}/font-cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/** The packaged libraries, only where the system lacks one: the system's own are newer. */
function libraryPath(executable: string, home: string): Record<string, string> {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (!stdout.includes('not found')) return {};
  const inherited = process.env['LD_LIBRARY_PATH'];
  const packaged = join(home, 'al2023/lib');
  return { LD_LIBRARY_PATH: inherited ? `${inherited}:${packaged}` : packaged };
}
