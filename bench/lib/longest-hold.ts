import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** The name of a measurement in which nothing is done: what the machine alone does. */
export const IDLE = 'nothing at all';

/** How often the loop is looked at, milliseconds. */
const EVERY = 1;
/** Before and after, so that the looking has begun and sees the end. Milliseconds. */
const MARGIN = 5;

/**
 * The longest time that the event loop did nothing else while `work` ran, milliseconds. What the
 * system does to the process meanwhile counts too.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: EVERY });
  monitor.enable();
  await sleep(MARGIN);
  monitor.reset();
  await work();
  await sleep(MARGIN);
  monitor.disable();
  return Math.max(0, monitor.max / 1e6 - EVERY);
}
