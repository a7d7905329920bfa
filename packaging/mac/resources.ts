import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders beside this file with the texts that macOS shows for us, in each language. */
export function macResources(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.lproj'))
    .map((name) => join(import.meta.dirname, name));
}
