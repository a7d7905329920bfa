/** The name of a measurement in which nothing is done: what the machine alone does. */
export const IDLE = 'nothing at all';

/** How often the loop is looked at, milliseconds. */
const EVERY = 1;

/**
 * The longest time that the event loop did nothing else while `work` ran, milliseconds: how late a
 * timer came at most. What the system does to the process meanwhile counts too. (Node's own
 * `monitorEventLoopDelay` tells of a hold that ends with the work only when it is over.)
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - EVERY);
    last = now;
  };
  const timer = setInterval(look, EVERY);
  try {
    await work();
  } finally {
    clearInterval(timer);
    look();
  }
  return longest;
}
