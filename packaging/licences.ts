import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts all licences beside Electron, or into its bundle on macOS, where nothing else is shipped.
 * `folder` is Electron as it was unpacked; its own licence makes place for ours, which names it.
 */
export async function putLicences(root: string, folder: string, platform: string): Promise<void> {
  const place = platform === 'darwin' ? join(folder, 'Electron.app/Contents/Resources') : folder;
  await rename(join(folder, 'LICENSE'), join(place, 'LICENSE.electron.txt'));
  const chromium = 'LICENSES.chromium.html';
  if (place !== folder) await rename(join(folder, chromium), join(place, chromium));
  await writeFile(join(place, 'LICENSE'), ownLicence(root));
  await writeFile(join(place, 'LICENSES.third-party.txt'), otherLicences(root));
}

/** Parley's own licence, and where those of its parts are. */
function ownLicence(root: string): string {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trimEnd();
  return `${own}

Parley contains the work of others, under their own licences:

Electron                LICENSE.electron.txt
Chromium and its parts  LICENSES.chromium.html
Libraries               LICENSES.third-party.txt
`;
}

/** The licences of all that is bundled with the app. */
function otherLicences(root: string): string {
  const texts = bundledPackages(root).map((path) => {
    const folder = join(root, path);
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return `${name} ${version} (${license})\n\n${licenceIn(folder) ?? 'Its package has no text.\n'}`;
  });
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { dev?: true; devOptional?: true; optional?: true }>>;
}

/** What the app depends on, and what it depends on in turn; the emoji's names are built in. */
function bundledPackages(root: string): readonly string[] {
  const { packages }: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const needed = Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path && !dev && !devOptional && !optional)
    .map(([path]) => path);
  return [...needed, 'node_modules/emojibase-data'].toSorted();
}

function licenceIn(folder: string): string | null {
  const name = readdirSync(folder).find((it) => /^(?:licen[cs]e|copying)/i.test(it));
  return name && existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null;
}
