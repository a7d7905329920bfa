/**
 * How long a test waits for one thing to happen before it is given up on, milliseconds. Nothing is
 * measured by it: it only ends a test that would otherwise hang, so it is far beyond what the slowest
 * machine needs. How fast something is, the bench measures.
 */
export const WAIT_TIMEOUT_MS = 90_000;

/** The same for a whole test, which may wait several times. */
export const TEST_TIMEOUT_MS = 300_000;
