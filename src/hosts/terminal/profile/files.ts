import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ProblemError, problem } from '../../../shared/problem.ts';

const OWNER_ONLY = 0o600;

/**
 * Writes `chunks` to a file that only the user may read. A regular file takes its name when it is
 * complete, so that what is there is never half an export. Rejects with `file-unusable`.
 */
export async function writeFileFrom(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const there = await stat(file).catch(() => null);
  const special = there !== null && !there.isFile();
  const target = special ? file : `${file}.part`;
  try {
    const handle = await open(target, 'w', OWNER_ONLY);
    try {
      for await (const chunk of chunks) await handle.write(chunk);
      if (!special) await handle.sync();
    } finally {
      await handle.close();
    }
    if (!special) await rename(target, file);
  } catch (error) {
    if (!special) await rm(target, { force: true }).catch(() => undefined);
    throw fileProblem(file, error);
  }
}

/** The text of a file, or of standard input for `-`. Rejects with `file-unusable`. */
export async function* readText(file: string, stdin: Readable): AsyncGenerator<string> {
  const input = file === '-' ? stdin.setEncoding('utf8') : createReadStream(file, 'utf8');
  try {
    for await (const chunk of input) yield String(chunk);
  } catch (error) {
    throw fileProblem(file, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  ENOTDIR: 'there is no such file or folder.',
  EISDIR: 'it is a folder.',
  EACCES: 'this user may not use it.',
  EPERM: 'this user may not use it.',
  EROFS: 'the disk may only be read.',
  ENOSPC: 'the disk is full.',
  EDQUOT: 'the disk quota is used up.',
  EIO: 'the disk reported an error.',
};

function fileProblem(file: string, error: unknown): unknown {
  if (error instanceof ProblemError || !(error instanceof Error) || !('code' in error))
    return error;
  const reason = reasons[String(error.code)] ?? `the system says ${String(error.code)}.`;
  return new ProblemError(problem('file-unusable', { file, reason }), { cause: error });
}
