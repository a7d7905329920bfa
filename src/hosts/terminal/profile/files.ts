import type { Readable } from 'node:stream';
import { fileProblem, readTextFile } from '../../../core/base/atomic-file.ts';
import { decodedText } from '../../../core/base/decode-text.ts';

/** The text of a file, or of standard input for `-`; rejects as `readTextFile` does. */
export async function* readText(file: string, stdin: Readable): AsyncGenerator<string> {
  if (file !== '-') return yield* readTextFile(file);
  try {
    yield* decodedText(stdin);
  } catch (error) {
    throw fileProblem(file, error);
  }
}
