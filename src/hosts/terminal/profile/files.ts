import type { Readable } from 'node:stream';
import { fileProblem, readTextFile } from '../../../peer/text-file.ts';

/** The text of a file, or of standard input for `-`. Rejects with `file-unusable`. */
export async function* readText(file: string, stdin: Readable): AsyncGenerator<string> {
  if (file !== '-') return yield* readTextFile(file);
  try {
    for await (const chunk of stdin.setEncoding('utf8')) yield String(chunk);
  } catch (error) {
    throw fileProblem(file, error);
  }
}
