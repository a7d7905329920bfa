import type { Writable } from 'node:stream';
import { OutputLostError } from '../io.ts';

/**
 * Writes text and waits while the reader is slow, so that little of it is in memory. Rejects with an
 * `OutputLostError` when it cannot be written.
 */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(new OutputLostError('', { cause: error }));
      else resolve();
    });
  });
}

/** The same with a line. */
export function writeLine(stream: Writable, line: string): Promise<void> {
  return write(stream, `${line}\n`);
}
