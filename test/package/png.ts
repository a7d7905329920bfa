import { readFileSync } from 'node:fs';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The width of a square PNG in pixels; null for anything else. */
export function pngSize(file: string | Buffer): number | null {
  const data = typeof file === 'string' ? readFileSync(file) : file;
  if (!data.subarray(0, 8).equals(SIGNATURE)) return null;
  const width = data.readUInt32BE(16);
  return data.readUInt32BE(20) === width ? width : null;
}
