import { ProblemError, problem } from '../../shared/problem.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that we tell apart. */
const BUSY = 5;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

const reasons: Readonly<Record<number, string>> = {
  [BUSY]: 'another program is using the file.',
  [NOMEM]: 'there is not enough memory.',
  [READONLY]: 'the file may not be written.',
  [IOERR]: 'the disk reported an error.',
  [CORRUPT]: 'the file is damaged.',
  [FULL]: 'the disk is full.',
  [CANTOPEN]: 'the file could not be opened.',
  [CONSTRAINT]: 'a value does not fit.',
  [NOTADB]: 'the file is damaged.',
};

/** The primary result code inside an error of node:sqlite, or null for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

/** Whether SQLite says that somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** Whether SQLite says that the file is not, or no longer, a sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === CORRUPT || code === NOTADB;
}

/** An error of node:sqlite or of the file system as a `storage` problem; others as they are. */
export function storageError(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const reason = sqliteReason(error) ?? fileReason(error);
  return reason === null
    ? error
    : new ProblemError(problem('storage', { reason }), { cause: error });
}

function sqliteReason(error: unknown): string | null {
  const code = resultCode(error);
  return code === null ? null : (reasons[code] ?? 'the database refused it.');
}

const fileReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full.',
  EDQUOT: 'the disk quota is used up.',
  EROFS: 'the disk may only be read.',
  EACCES: 'the file or its folder may not be written.',
  EPERM: 'the file or its folder may not be written.',
  ENOTDIR: 'a file is where a folder should be.',
  EISDIR: 'a folder is where the file should be.',
  EIO: 'the disk reported an error.',
};

function fileReason(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return fileReasons[String(error.code)] ?? 'the file could not be used.';
}
