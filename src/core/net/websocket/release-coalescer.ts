import type { World } from '../../base/world.ts';

/** Maximum delay of a `release` message, milliseconds. */
const MAX_DELAY_MS = 10;

/** Whether a Cap'n Web message only releases a result: the peer does not wait for it. */
export function isRelease(message: unknown): boolean {
  return Array.isArray(message) && message[0] === 'release';
}

/**
 * Coalesces releases with the next message. Otherwise a caller that makes one call after another
 * would wake the other side twice per call: once to release the last result, once to call.
 */
export function createReleaseCoalescer(
  world: Pick<World, 'after'>,
  send: (texts: readonly string[]) => void,
) {
  let held: string[] = [];
  let isScheduled = false;
  const take = (): readonly string[] => {
    const taken = held;
    if (taken.length > 0) held = [];
    return taken;
  };
  return {
    /** Empties the buffer, in order; the caller must send what it returns. */
    drain: take,
    add: (text: string) => {
      held.push(text);
      if (isScheduled) return;
      isScheduled = true;
      world.after(MAX_DELAY_MS, () => {
        isScheduled = false;
        if (held.length > 0) send(take());
      });
    },
  };
}
