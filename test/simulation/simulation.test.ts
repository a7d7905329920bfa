import { describe, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { variants } from './variants.ts';

/** Stories in one run of the tests; `npm run simulate -- --seeds N` plays more. */
const SEEDS = 120;
/** A defect is found in one of so many. */
const SEEDS_TO_CATCH = 300;

test('under any faults, no accepted message is lost, duplicated, reordered or misdelivered', async () => {
  let accepted = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await simulate(seed);
    accepted += run.accepted;
    expect(run.violations, `seed ${seed}`).toEqual([]);
  }
  // The stories must have been about something.
  expect(accepted).toBeGreaterThan(SEEDS * 10);
});

test('the same seed gives the same run', async () => {
  const [first, second] = [await simulate(7), await simulate(7)];
  expect(second).toEqual(first);
  expect(await simulate(8)).not.toEqual(first);
});

describe('a core that', () => {
  for (const [defect, variant] of Object.entries(variants)) {
    test(`${defect} is caught`, async () => {
      const caught = async (): Promise<string | null> => {
        for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
          const { violations } = await simulate(seed, variant);
          if (violations[0] !== undefined) return violations[0];
        }
        return null;
      };
      expect(await caught()).not.toBeNull();
    });
  }
});
