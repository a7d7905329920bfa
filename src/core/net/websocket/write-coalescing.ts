import type { Writable } from 'node:stream';

/**
 * Lets everything that is written to `stream` before the event loop goes on leave as one piece: one
 * system call and, on TLS, one record, in place of one for each frame. Nothing waits longer than
 * for the code that runs anyway. Call what it returns before each write.
 */
export function sendTogether(stream: Writable): () => void {
  let held = false;
  return () => {
    if (held) return;
    held = true;
    stream.cork();
    process.nextTick(() => {
      held = false;
      stream.uncork();
    });
  };
}
