import { join } from 'node:path';
import { z } from 'zod';
import { writeTextFile } from '../../core/base/atomic-file.ts';
import { readSmallFile } from '../../core/base/small-file.ts';
import { KEPT_LIMITS, type KeptValues } from '../../shared/bridge/web-bridge.ts';

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
  const bytes = await readSmallFile(join(folder, KEPT_FILE), MAX_FILE);
  if (bytes === null) return null;
  const { id, values } = contents.parse(JSON.parse(bytes.toString('utf8')));
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
