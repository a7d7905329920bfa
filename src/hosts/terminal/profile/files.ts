import type { Readable } from 'node:stream';
import { decodedText } from '../../../peer/decode-text.ts';
import { fileProblem, readTextFile } from '../../../peer/text-file.ts';

/** The text of a file, or of standard input for `-`; rejects as `readTextFile` does. */
export async function* readText(file: string, stdin: Readable): AsyncGenerator<string> {
  if (file !== '-') return yield* readTextFile(file);
  try {
    yield* decodedText(stdin);
  } catch (error) {
    throw fileProblem(file, error);
  }
}
