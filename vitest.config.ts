import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { TEST_TIMEOUT_MS, WAIT_TIMEOUT_MS } from './test/support/basics/timeouts.ts';

// Tests start hundreds of processes, and each would compile the same code again.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** Packages for Linux, which only Linux builds. What other systems build is tried at a release. */
const packages = {
  extends: true as const,
  test: {
    name: 'package',
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/build.ts'],
  },
};

export default defineConfig({
  test: {
    reporters: ['default', './test/support/basics/total-reporter.ts'],
    // A worker runs one file after the other in one place: to load the same modules anew for each of
    // them took a third of the time. A test that changes what they share puts it back.
    isolate: false,
    restoreMocks: true,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    expect: { poll: { timeout: WAIT_TIMEOUT_MS } },
    // Tests wait for other processes, so one worker more than there are processors keeps these busy.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'integration', include: ['test/integration/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'network',
          include: ['test/network/**/*.test.ts'],
          globalSetup: ['test/network/setup.ts'],
          // What waits for a heartbeat or a silence waits beside the others.
          maxConcurrency: 16,
        },
      },
      ...(process.platform === 'linux' ? [packages] : []),
    ],
  },
});
