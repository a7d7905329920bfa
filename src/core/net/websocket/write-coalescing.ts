import type { Writable } from 'node:stream';

/**
 * Coalesces the writes of one event-loop tick (cork/uncork): one system call and, on TLS, one record
 * instead of one per frame. Adds no delay: it uncorks in `process.nextTick`. Returns a function to
 * call before each write.
 */
export function coalesceWrites(stream: Writable): () => void {
  let isCorked = false;
  return () => {
    if (isCorked) return;
    isCorked = true;
    stream.cork();
    process.nextTick(() => {
      isCorked = false;
      stream.uncork();
    });
  };
}
