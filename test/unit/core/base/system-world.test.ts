import { expect, test } from 'vitest';
import { systemWorld } from '../../../../src/core/base/system-world.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.each([1, 6, 10, 16, 17, 32, 5_000])('random bytes come %i at a time', (count) => {
  expect(systemWorld.randomBytes(count)).toHaveLength(count);
});

test('random bytes are never the same twice, nor zeros, however many were asked for before', () => {
  const taken = Array.from({ length: 20_000 }, () => hexOf(systemWorld.randomBytes(10)));
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken).not.toContain('00'.repeat(10));
});

test('random bytes that were handed out do not change when more are asked for', () => {
  const first = systemWorld.randomBytes(16);
  const before = hexOf(first);
  for (let round = 0; round < 1_000; round += 1) systemWorld.randomBytes(16);
  expect(hexOf(first)).toBe(before);
});
