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
 * Keeps V8's young generation small. It doubles whenever much is alive at a collection, up to 96 MB,
 * and is never given back: whoever keeps a peer busy for some seconds would have it hold that for
 * good. The largest size can only be set before a process begins, but growing can be ended later.
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
