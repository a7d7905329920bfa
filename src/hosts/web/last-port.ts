import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In the profile's folder: the port that its page had last. */
const FILE = 'page-port';

/**
 * The port that the page of this profile had last; null when that is not known. Browsers keep what
 * the user has allowed a page by its port, and a forwarded port (SSH) is good for the next start too.
 */
export async function lastPort(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '');
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1_024 && port <= 65_535 ? port : null;
}

/** Remembers the port. To fail here costs nothing but the memory. */
export async function rememberPort(folder: string, port: number): Promise<void> {
  await writeFile(join(folder, FILE), String(port), { mode: 0o600 }).catch(() => {});
}
