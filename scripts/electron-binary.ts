import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ELECTRON = join(import.meta.dirname, '../node_modules/electron');
/** Electron's download is about 120 MB; who has not got it by then has no connection to speak of. */
const INSTALL_TIMEOUT = 5 * 60_000;

export type ElectronBinary =
  | { readonly type: 'found'; readonly path: string }
  /** `reason`: why it could not be had, part of a sentence. */
  | { readonly type: 'missing'; readonly reason: string };

/** Electron's executable where its own package looks for it; null when it is not there. */
export function presentElectron(): string | null {
  return binaryPath(process.env['ELECTRON_OVERRIDE_DIST_PATH']);
}

/** Finds Electron's binary where its own package looks for it, or has that package fetch it. */
export async function findElectron(): Promise<ElectronBinary> {
  if (!existsSync(join(ELECTRON, 'install.js'))) {
    return { type: 'missing', reason: 'the npm package "electron" is not installed' };
  }
  const present = presentElectron();
  if (present) return { type: 'found', path: present };
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    return {
      type: 'missing',
      reason: `ELECTRON_OVERRIDE_DIST_PATH (${override}) holds no Electron`,
    };
  }
  console.error('Fetching Electron...');
  const failure = await install();
  const fetched = binaryPath(undefined);
  if (fetched) return { type: 'found', path: fetched };
  return { type: 'missing', reason: failure ?? 'its installer left no binary behind' };
}

/** The executable, if it is there. `path.txt` is written by the installer. */
function binaryPath(override: string | undefined): string | null {
  const pathFile = join(ELECTRON, 'path.txt');
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  const executable = named ?? usualExecutable();
  if (!override && named === null) return null;
  const path = join(override ?? join(ELECTRON, 'dist'), executable);
  return existsSync(path) ? path : null;
}

function usualExecutable(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Runs Electron's own installer. The answer says why it failed; null when it did not. */
function install(): Promise<string | null> {
  const child = spawn(process.execPath, [join(ELECTRON, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: INSTALL_TIMEOUT,
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(null);
      else if (signal) resolve('its download took too long');
      else resolve(shortReason(errors.join('')));
    });
  });
}

/** The first line of an error's stack, without its class. */
function shortReason(stderr: string): string {
  const line = stderr.split('\n').find((it) => /^\s*(\w*Error|Error)\b/.test(it)) ?? '';
  const message = line.replace(/^\s*\w*Error:?\s*/, '').trim();
  return `its download failed${message ? `: ${message.slice(0, 120)}` : ''}`;
}
