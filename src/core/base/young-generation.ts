import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * Bytes from which on the young generation grows no more. Smaller ones are collected so often that a
 * message costs a tenth more (with 1 MiB); up from here nothing is gained.
 */
const ENOUGH = 8 * 1024 * 1024;

/** V8's flags are the process's, however many peers it holds. */
let isBounded = false;

/**
 * Keeps V8's young generation small. It doubles when much survives a collection, up to 96 MB, and
 * never shrinks: some seconds of load would make a peer hold that memory for good. The maximum can be
 * set only at process start, but growth can be disabled later.
 */
export function boundYoungGeneration(): void {
  if (isBounded) return;
  isBounded = true;
  const observer = new PerformanceObserver(() => {
    const size = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (size === undefined || size.space_size < ENOUGH) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
