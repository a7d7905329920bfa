import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FILES, PROGRAMS } from './electron-zip.ts';
import { filesUnder, HOME } from './installed-contents.ts';

/**
 * What Parley adds to Electron in an installed package below `root`: each file that is not
 * Electron's, compressed by itself (a package compresses a little better). Bytes.
 */
export function addedBytes(root: string): number {
  const electrons = [...FILES, ...PROGRAMS, 'parley', 'LICENSE.electron.txt'];
  const ours = filesUnder(root, 'usr').filter(
    (it) => !electrons.some((name) => it === `${HOME}/${name}`),
  );
  const added = ours.map((it) => gzipSync(readFileSync(join(root, it)), { level: 9 }).length);
  return added.reduce((sum, size) => sum + size, 0);
}
