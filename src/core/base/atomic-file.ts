import { createReadStream, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { ProblemError, problem, raise } from '../../shared/problems/problem.ts';
import { type PlainReason, reason } from '../../shared/problems/problem-reasons.ts';
import { decodedText } from './decode-text.ts';
import { errorCode } from './error-code.ts';
import { partFileFor, removeAbandonedParts } from './part-file.ts';
import { isProfileFile } from './private-folder.ts';

const OWNER_ONLY = 0o600;

/**
 * Writes `chunks` to a file that only the user may read. It gets its name when it is complete, so it is
 * never half written, nor a mixture of two concurrent writes, and whatever had the name (a pipe, a
 * device, a link) is replaced. Rejects with `file-unusable`.
 */
export async function writeTextFile(
  file: string,
  chunks: readonly string[] | AsyncIterable<string>,
): Promise<void> {
  const part = partFileFor(file);
  try {
    await removeAbandonedParts(file);
    // `wx`: never follows a link or reuses a readable file that another user may have put there.
    const handle = await open(part, 'wx', OWNER_ONLY);
    try {
      await append(handle, chunks);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileProblem(file, error);
  }
}

/**
 * Like `writeTextFile`, for a file of the user's choice, which must not be a profile's own. A pipe or a
 * device (`/dev/stdout`) is written to.
 */
export async function writeExport(file: string, chunks: AsyncIterable<string>): Promise<void> {
  if (isProfileFile(file)) raise('file-unusable', { ...reason('file-ours'), file });
  const there = await stat(file).catch(() => null);
  if (there === null || there.isFile()) return writeTextFile(file, chunks);
  try {
    const handle = await open(file, 'w');
    try {
      await append(handle, chunks);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileProblem(file, error);
  }
}

async function append(
  handle: FileHandle,
  chunks: readonly string[] | AsyncIterable<string>,
): Promise<void> {
  // Not `write`: on a nearly full disk that writes a part and reports success.
  for await (const chunk of chunks) await handle.appendFile(chunk);
}

/**
 * `writeTextFile` for a small text, synchronous, so that it also works while the process ends. For
 * files that one process writes. Throws `file-unusable`.
 */
export function writeTextFileSync(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    // Not a file that a crash left there, with whatever permissions.
    rmSync(part, { force: true });
    writeFileSync(part, text, { flag: 'wx', mode: OWNER_ONLY, flush: true });
    renameSync(part, file);
  } catch (error) {
    throw fileProblem(file, error);
  }
}

/** The text of a file in chunks, as `decodedText` reads it. Rejects with `file-unusable`. */
export async function* readTextFile(file: string): AsyncGenerator<string> {
  try {
    yield* decodedText(createReadStream(file));
  } catch (error) {
    throw fileProblem(file, error);
  }
}

const reasons: Readonly<Record<string, PlainReason>> = {
  ENOENT: 'file-missing',
  ENOTDIR: 'file-missing',
  EISDIR: 'file-is-folder',
  EACCES: 'file-not-yours',
  EPERM: 'file-not-yours',
  EROFS: 'disk-read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-quota',
  EIO: 'disk-error',
};

/** The problem with a file, for its user; an error that is not about the file stays as it is. */
export function fileProblem(file: string, error: unknown): unknown {
  const systemCode = errorCode(error);
  if (systemCode === '') return error;
  const known = reasons[systemCode];
  const why = known ? reason(known) : reason('system-says', { systemCode });
  return new ProblemError(problem('file-unusable', { ...why, file }), { cause: error });
}
