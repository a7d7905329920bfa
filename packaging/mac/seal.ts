import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PRODUCT } from '../identity.ts';

export type Run = (program: string, args: readonly string[]) => Promise<unknown>;

/**
 * Seals an app for macOS that nobody has signed. What Electron's makers have sealed is broken by what
 * the packager changes afterwards, and a broken seal is worse than none: macOS calls the downloaded
 * app damaged and offers no way around that, and lets it show no notifications.
 */
export async function sealUnsigned(folder: string, run: Run = promisify(execFile)): Promise<void> {
  const app = join(folder, `${PRODUCT}.app`);
  await run('codesign', ['--force', '--deep', '--sign', '-', app]);
  await run('codesign', ['--verify', '--deep', '--strict', app]);
}
