import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { extractApp } from './app-contents.ts';
import { HOME } from './installed-contents.ts';

/** The tree of the Debian package, unpacked once for whoever looks into it. */
export function unpackedDeb(name: string): string {
  const { deb, folder } = inject('packages');
  const root = join(folder, name);
  if (!existsSync(root)) execFileSync('dpkg-deb', ['--extract', deb, root]);
  return root;
}

/** The app from the package's app.asar, as a folder: the stand-in's Node cannot read an asar. */
export function installedApp(name: string): string {
  const asar = join(unpackedDeb(name), HOME, 'resources/app.asar');
  return extractApp(asar, join(inject('packages').folder, `${name}-app`));
}
