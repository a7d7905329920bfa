import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

/**
 * All of a small file of ours; null when there is none. Anything else in its place is refused
 * instead of waited for (a pipe) or read without end (a device). Rejects with the file system's
 * error, `EFTYPE` for what is not a regular file, and `EFBIG` above `limit` bytes.
 */
export async function readSmallFile(file: string, limit: number): Promise<Buffer | null> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    },
  );
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw refused(file, found.isDirectory() ? 'EISDIR' : 'EFTYPE');
    if (found.size > limit) throw refused(file, 'EFBIG');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function refused(file: string, code: string): Error {
  return Object.assign(new Error(`${code}: ${file} is not a small file`), { code });
}
