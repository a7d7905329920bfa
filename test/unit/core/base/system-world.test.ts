import { expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.each([1, 6, 10, 16, 17, 32, 5_000])('random bytes are handed out %i at a time', (count) => {
  expect(systemWorld.randomBytes(count)).toHaveLength(count);
});

test('random bytes are never repeated nor zero, however many were drawn before', () => {
  const taken = Array.from({ length: 20_000 }, () => hexOf(systemWorld.randomBytes(10)));
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken).not.toContain('00'.repeat(10));
});

test('random bytes already handed out do not change when more are drawn', () => {
  const first = systemWorld.randomBytes(16);
  const before = hexOf(first);
  for (let round = 0; round < 1_000; round += 1) systemWorld.randomBytes(16);
  expect(hexOf(first)).toBe(before);
});
