import { renameSync, rmSync, writeFileSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/**
 * Writes a small text file, whole or not at all, for the user only. Synchronous, so that it also
 * works while the app ends. Throws as the file system does.
 */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  // Not what a crash may have left there, with whatever permissions.
  rmSync(part, { force: true });
  writeFileSync(part, text, { flag: 'wx', mode: OWNER_ONLY, flush: true });
  renameSync(part, file);
}
