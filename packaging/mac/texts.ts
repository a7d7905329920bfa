import { readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts the texts that macOS itself shows for us, in each language, into Electron's bundle.
 * `folder` is Electron as it was unpacked.
 */
export async function putMacTexts(folder: string): Promise<void> {
  const resources = join(folder, 'Electron.app/Contents/Resources');
  for (const name of readdirSync(import.meta.dirname).filter((it) => it.endsWith('.lproj'))) {
    await cp(join(import.meta.dirname, name), join(resources, name), { recursive: true });
  }
}
