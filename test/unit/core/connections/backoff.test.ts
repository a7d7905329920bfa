import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelay } from '../../../../src/core/connections/backoff.ts';

const range = { first: 500, longest: 30_000 };

test('a backoff delay stays between half of its step and the maximum', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (failures, draw) => {
        const delay = backoffDelay(failures, range, () => draw);
        const step = Math.min(range.longest, range.first * 2 ** Math.min(failures, 30));
        expect(delay).toBeGreaterThanOrEqual(step / 2);
        expect(delay).toBeLessThanOrEqual(step);
      },
    ),
  );
});

test('peers that lost their connection together draw different delays', () => {
  expect(backoffDelay(3, range, () => 0.1)).not.toBe(backoffDelay(3, range, () => 0.9));
});
