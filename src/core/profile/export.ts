import type { StoreRecord } from '../storage/record.ts';
import type { Store } from '../storage/store.ts';

/**
 * The export format, version 1 (docs/EXPORT.md): UTF-8 text, one JSON object per line. The first
 * line is the header, followed by the records of the store (record.ts) in its order; the last line
 * holds their number, so that a truncated file is recognised. Lines keep memory flat on both sides
 * and let ordinary text tools read a history.
 */
export const EXPORT_FORMAT = 'parley-export';
export const EXPORT_VERSION = 1;

/** Lines are gathered into chunks of about this many UTF-16 units. */
const CHUNK = 64 * 1024;

/**
 * Everything in `store` as chunks of text; only a page of it is in memory at a time. The identity
 * (the private key) is not part of it.
 */
export async function* exportStore(
  store: Store,
  /** Unix milliseconds, written into the header. */
  now: number,
): AsyncGenerator<string> {
  let chunk = line({
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    exportedAt: new Date(now).toISOString(),
  });
  let count = 0;
  for await (const record of store.records()) {
    count += 1;
    chunk += line(exported(record));
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk + line({ type: 'end', records: count });
}

/**
 * A record without drafts, and without what only this profile has observed, which a file cannot vouch
 * for.
 */
function exported(record: StoreRecord): unknown {
  if (record.type !== 'contact') return record;
  const { reached: _seen, claimed: _told, draft: _unsent, ...contact } = record.contact;
  return { ...record, contact };
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
