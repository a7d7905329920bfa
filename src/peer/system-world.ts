import { randomBytes } from 'node:crypto';
import type { World } from './world.ts';

/** The real clock, timers and randomness. A pending timer does not keep the process alive. */
export const systemWorld: World = {
  now: () => Date.now(),
  uptime: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  randomBytes: (count) => randomBytes(count),
  random: () => Math.random(),
};
