import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { longestHold } from '../../../bench/lib/longest-hold.ts';

/** Holds the event loop, milliseconds. */
function hold(time: number): void {
  const end = performance.now() + time;
  while (performance.now() < end);
}

test.each([
  ['at its beginning', async () => hold(80)],
  [
    'at its end',
    async () => {
      await sleep(5);
      hold(80);
    },
  ],
  [
    'in between',
    async () => {
      await sleep(5);
      hold(80);
      await sleep(5);
    },
  ],
] as const)('work that blocks the event loop %s is measured', async (_when, work) => {
  expect(await longestHold(work)).toBeGreaterThanOrEqual(70);
});
