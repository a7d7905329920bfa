import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeTextFile } from '../../peer/text-file.ts';
import { KEPT_LIMITS, type KeptValues } from '../../shared/web-bridge.ts';

/** In the profile's folder: what its pages keep. */
export const KEPT_FILE = 'page.json';

/** JSON escapes a character by six at most. */
const MAX_FILE = 6 * KEPT_LIMITS.totalBytes;

const contents = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1).max(100),
  values: z.record(z.string(), z.string()),
});

/**
 * What the file holds; null when there is none. Rejects when it cannot be read or understood.
 */
export async function readKept(folder: string): Promise<KeptValues | null> {
  const text = await readIfThere(join(folder, KEPT_FILE));
  if (text === null) return null;
  const { id, values } = contents.parse(JSON.parse(text));
  return { id, values };
}

/** Writes the file anew, for its user only; it is either the old one or the new one, never half. */
export async function writeKept(folder: string, { id, values }: KeptValues): Promise<void> {
  const text = JSON.stringify({ version: 1, id, values });
  await writeTextFile(join(folder, KEPT_FILE), inOnePiece(text));
}

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

async function readIfThere(file: string): Promise<string | null> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE) throw new Error(`${file} is too large: ${size} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
