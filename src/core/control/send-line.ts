import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes one line of JSON; what is written to a stream that is gone is lost without a word. */
export function sendLine(stream: Writable, value: unknown): void {
  if (stream.writable) stream.write(`${JSON.stringify(value)}\n`);
}

/** Resolves when the other side has taken what was written so far, or is gone. */
export async function drained(stream: Writable): Promise<void> {
  if (!stream.writable || !stream.writableNeedDrain) return;
  const settled = new AbortController();
  const { signal } = settled;
  const gone = once(stream, 'close', { signal });
  const drain = once(stream, 'drain', { signal });
  try {
    await Promise.race([gone, drain]);
  } catch {
    // It broke: nothing more is to be written.
  } finally {
    gone.catch(() => undefined);
    drain.catch(() => undefined);
    settled.abort();
  }
}
