import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Size in bytes of both semi-spaces from which the young generation grows no further. With half of
 * it, garbage is collected so often that a message costs 3 % more; with more, nothing is gained.
 */
const ENOUGH = 20 * 1024 * 1024;

/**
 * Maximum growth of the old generation until the next collection, in percent of what the last one
 * left. V8's own limit is up to 300: closed connections, which die old, would hold 80 MB until they
 * are collected.
 */
const OLD_GROWTH = 100;

/** V8's flags apply to the process, however many peers it runs. */
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
