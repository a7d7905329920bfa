import type { ProblemParams } from './problem.ts';
import { type ReasonParams, type ReasonValues, reasonParams } from './reason.ts';

/**
 * The English of the reasons that stand inside a problem's sentences, by their codes. Those of
 * addresses are in `address-reasons.ts`.
 */
export const REASONS = {
  // the disk, and files on it
  'disk-full': 'the disk is full.',
  'disk-quota': 'the disk quota is used up.',
  'disk-read-only': 'the disk may only be read.',
  'disk-error': 'the disk reported an error.',
  'file-for-folder': 'a file is where a folder should be.',
  'folder-for-file': 'a folder is where the file should be.',
  'file-read-only': 'the file may not be written.',
  'file-forbidden': 'the file or its folder may not be written.',
  'file-unopened': 'the file could not be opened.',
  'file-damaged': 'the file is damaged.',
  'file-failed': 'the file could not be used.',
  'file-missing': 'there is no such file or folder.',
  'file-is-folder': 'it is a folder.',
  'file-not-yours': 'this user may not use it.',
  'file-ours': 'it belongs to a profile of Parley.',
  'system-says': 'the system says {systemCode}.',
  'system-code': '{systemCode}.',
  // the database
  'database-busy': 'another program is using the file.',
  'memory-short': 'there is not enough memory.',
  'value-unfit': 'a value does not fit.',
  'database-refused': 'the database refused it.',
  'store-cut-off': 'its end is missing.',
  'store-pages': 'some of its pages do not hold what they should.',
  'store-unreadable': 'it cannot be read as a history.',
  // what is imported
  'import-no-contact': 'its contact does not come before it.',
  'import-gap': 'records are missing before it.',
  'import-empty': 'the file is empty.',
  'import-early-end': 'the file ends early.',
  'import-foreign': 'this is not an export of Parley.',
  'import-not-json': 'it is cut off or not JSON.',
  'import-long-line': 'it is longer than any record.',
  'text-encoding': 'it is not UTF-8 text.',
  'file-compressed': 'it is compressed ({format}): unpack it first.',
  'file-unpacked': 'it is compressed ({format}), and damaged or cut off.',
  'import-record': 'record: {detail}.',
  'import-field': '{field}: {detail}.',
  // the identity
  'key-unread': 'it cannot be read ({systemCode}).',
  'key-absent': 'it does not hold a key and its certificate.',
  'key-of-another': 'its certificate does not belong to its key.',
  'key-damaged': 'its key or its certificate is damaged.',
  // what is asked of us or answered to us
  'command-unknown': 'no such command',
  'command-input': '{command}: {field} {detail}',
  'command-malformed': 'a line that is no request',
  'command-foreign-page': 'it came from a page that is not ours',
  'command-long-text': 'copyText: not a short text',
  'answer-unknown': 'the answer is not of the contract',
  'answer-status': 'The other side answered with HTTP status {status}.',
  'answer-silent': 'it did not say which.',
} as const;

/** A reason whose sentence needs no values. */
export type PlainReason = {
  [Code in keyof typeof REASONS]: ReasonValues<(typeof REASONS)[Code]> extends [] ? Code : never;
}[keyof typeof REASONS];

/** The reason `code` as parameters of a problem. */
export function reason<Code extends keyof typeof REASONS>(
  code: Code,
  ...[values]: ReasonValues<(typeof REASONS)[Code]>
): ReasonParams<Code> {
  return reasonParams(code, REASONS[code], values);
}

/**
 * What another machine said, as the reason of a problem: its own words, which have no code and are
 * quoted in every language.
 */
export function said(words: string): ProblemParams {
  return words.trim() === '' ? reason('answer-silent') : { reason: words };
}
