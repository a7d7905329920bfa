import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');
const OUTPUTS = [
  'out/main/index.js',
  'out/main/parley.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const SOURCES = ['src', 'electron.vite.config.ts', 'tsconfig.json', 'package.json'];
/** Taken by whoever builds, so that two peers started together do not build over each other. */
const LOCK = join(ROOT, 'node_modules/.parley-build');
/** A build takes seconds; a lock this old was left behind. Milliseconds. */
const STALE_LOCK = 120_000;

/** Builds `out` if it is missing or older than any source. False when it could not be built. */
export async function ensureBuilt(): Promise<boolean> {
  if (isBuilt()) return true;
  if (!existsSync(join(ROOT, 'node_modules/electron-vite'))) {
    console.error('❌ What builds Parley is not installed.');
    console.error('   Run "npm ci" in the folder of Parley first.');
    return false;
  }
  const release = await lock();
  try {
    // Another process may just have done it.
    if (isBuilt()) return true;
    console.error('Building Parley (this takes a few seconds, once)...');
    const code = await build();
    if (code === 0) return true;
    console.error('❌ Parley could not be built; the reason is above.');
    console.error('   Run "npm ci", then "npm run build".');
    return false;
  } finally {
    release();
  }
}

function isBuilt(): boolean {
  const built = OUTPUTS.map((path) => modified(join(ROOT, path)));
  return Math.min(...built) >= Math.max(...SOURCES.map((path) => newest(join(ROOT, path))));
}

/** When a file was last changed, Unix milliseconds; 0 when there is none. */
function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest change in a file or folder; a folder's own time tells of what was removed. */
function newest(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0;
  return Math.max(info.mtimeMs, newestWithin(path));
}

/** As above, of what a folder holds. Every start of a checkout waits for it. */
function newestWithin(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    latest = Math.max(latest, modified(path), entry.isDirectory() ? newestWithin(path) : 0);
  }
  return latest;
}

/** Runs the build with all it says on stderr: stdout may be somebody's data. */
function build(): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: ROOT, stdio: ['ignore', 2, 2] },
  );
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code));
  });
}

async function lock(): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(LOCK);
      writeFileSync(join(LOCK, 'pid'), String(process.pid));
      return () => rmSync(LOCK, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (Date.now() - modified(LOCK) > STALE_LOCK) rmSync(LOCK, { recursive: true, force: true });
      else await delay(200);
    }
  }
}

if (import.meta.main) process.exit((await ensureBuilt()) ? 0 : 1);
