import { ProblemError, problem } from '../../../shared/problems/problem.ts';
import { type PlainReason, reason } from '../../../shared/problems/problem-reasons.ts';
import { errorCode } from '../../base/error-code.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html) that we distinguish. */
const BUSY = 5;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

const reasons: Readonly<Record<number, PlainReason>> = {
  [BUSY]: 'database-busy',
  [NOMEM]: 'memory-short',
  [READONLY]: 'file-read-only',
  [IOERR]: 'disk-error',
  [CORRUPT]: 'file-damaged',
  [FULL]: 'disk-full',
  [CANTOPEN]: 'file-unopened',
  [CONSTRAINT]: 'value-unfit',
  [NOTADB]: 'file-damaged',
};

/** The primary result code inside an error of node:sqlite, or null for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

/** Whether SQLite reports that another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** Whether SQLite reports that the file is not, or no longer, a sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === CORRUPT || code === NOTADB;
}

/** An error of node:sqlite or of the file system as a `storage` problem; others as they are. */
export function storageError(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const why = sqliteReason(error) ?? fileReason(error);
  return why === null ? error : new ProblemError(problem('storage', reason(why)), { cause: error });
}

function sqliteReason(error: unknown): PlainReason | null {
  const code = resultCode(error);
  return code === null ? null : (reasons[code] ?? 'database-refused');
}

const fileReasons: Readonly<Record<string, PlainReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-quota',
  EROFS: 'disk-read-only',
  EACCES: 'file-forbidden',
  EPERM: 'file-forbidden',
  ENOTDIR: 'file-for-folder',
  EISDIR: 'folder-for-file',
  EIO: 'disk-error',
};

function fileReason(error: unknown): PlainReason | null {
  if (!(error instanceof Error) || !('syscall' in error)) return null;
  return fileReasons[errorCode(error)] ?? 'file-failed';
}
