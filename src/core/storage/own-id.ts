import { createHash } from 'node:crypto';
import { isUuid, uuidText } from '../../shared/model/ids.ts';

/** Maximum length of another program's ids, UTF-16 units. */
export const MAX_FOREIGN_ID = 200;

/**
 * Our id for another program's `id`: itself when it is one of ours, else a UUID made of its SHA-256
 * (version 8, RFC 9562, section 5.8). The same id gives the same one each time, so a second import
 * is recognised.
 */
export function ownId(id: string): string {
  if (isUuid(id)) return id;
  const digest = createHash('sha256').update(`parley foreign id\n${id}`).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return uuidText(digest.subarray(0, 16));
}

/**
 * SQL that is true when `column` holds an id that is not ours; an index on the column is enough for
 * it.
 */
export function isForeign(column: string): string {
  return `(${column} NOT GLOB '????????-????-????-????-????????????' OR ${column} <> lower(${column})
    OR ifnull(length(unhex(replace(${column}, '-', ''))), 0) <> 16)`;
}
