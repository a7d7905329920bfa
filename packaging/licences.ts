import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Parley's own licence, and where those of its parts are. */
export function ownLicence(root: string): string {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trimEnd();
  return `${own}

Parley contains the work of others, under their own licences:

Electron                LICENSE.electron.txt
Chromium and its parts  LICENSES.chromium.html
Libraries               LICENSES.third-party.txt
`;
}

/** Writes the licences of all that is bundled with the app. */
export async function writeOtherLicences(root: string, file: string): Promise<void> {
  const texts = bundledPackages(root).map((path) => {
    const folder = join(root, path);
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return `${name} ${version} (${license})\n\n${licenceIn(folder) ?? 'Its package has no text.\n'}`;
  });
  await writeFile(file, texts.join(`\n${'-'.repeat(72)}\n\n`));
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { dev?: true; devOptional?: true; optional?: true }>>;
}

/** What the app depends on, and what it depends on in turn; the emoji's names are built in. */
export function bundledPackages(root: string): readonly string[] {
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
