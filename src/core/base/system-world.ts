import { randomBytes } from 'node:crypto';
import type { World } from './world.ts';

/**
 * Requests of up to so many random bytes are served from a buffer: ids, of which there may be
 * thousands a second.
 */
const FEW = 16;
/** Fetching random bytes costs 5 µs, however few they are. */
const SUPPLY = 4_096;

let supply = Buffer.alloc(0);
let used = 0;

function fewBytes(count: number): Uint8Array {
  if (used + count > supply.length) {
    supply = randomBytes(SUPPLY);
    used = 0;
  }
  const few = Uint8Array.from(supply.subarray(used, used + count));
  // No byte is handed out twice, and none is kept.
  supply.fill(0, used, used + count);
  used += count;
  return few;
}

/** The real clock, timers and randomness. A pending timer does not keep the process alive. */
export const systemWorld: World = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  randomBytes: (count) => (count > FEW ? randomBytes(count) : fewBytes(count)),
  random: () => Math.random(),
};

/**
 * Timers that keep the process alive until they fire: for a command that has nothing else to do.
 */
export const waitingTimers: Pick<World, 'after'> = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
