import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Bytes of both halves of the young generation from which on it grows no more. With half as much it is
 * collected so often that a message costs 3 % more; with more, nothing is gained.
 */
const ENOUGH = 20 * 1024 * 1024;

/**
 * By how much the old generation may grow, in percent of what a collection left, until the next one.
 * V8's own choice is up to 300: closed connections, which die old, would hold 80 MB before they are
 * looked for.
 */
const OLD_GROWTH = 100;

/** V8's flags are the process's, however many peers it holds. */
let isBounded = false;

/**
 * Keeps V8's heap near what is in use. The young generation doubles when much survives a collection,
 * up to 96 MB, and never shrinks: some seconds of load would make a peer hold that memory for good.
 * Its maximum can be set only at process start, but growth can be disabled later.
 */
export function boundHeapGrowth(): void {
  if (isBounded) return;
  isBounded = true;
  setFlagsFromString(`--heap-growing-percent=${OLD_GROWTH}`);
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (young === undefined || young.space_size < ENOUGH) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
