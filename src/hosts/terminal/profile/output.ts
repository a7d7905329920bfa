import type { Writable } from 'node:stream';
import { drained } from '../../../peer/control/send-line.ts';

/** Writes text and waits while the reader is slow, so that little of it is in memory. */
export async function write(stream: Writable, text: string): Promise<void> {
  stream.write(text);
  await drained(stream);
}

/** The same with a line. */
export function writeLine(stream: Writable, line: string): Promise<void> {
  return write(stream, `${line}\n`);
}
