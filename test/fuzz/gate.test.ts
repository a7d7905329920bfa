import { expect, test } from 'vitest';
import { BOUNDARIES } from './boundaries.ts';

test.concurrent.each(BOUNDARIES.map((boundary) => [boundary.name, boundary] as const))(
  '%s: any input is accepted or refused by name, and other callers are still served',
  async (_, { open, runs }) => {
    const boundary = await open();
    try {
      expect(await boundary.check(runs)).toBeNull();
    } finally {
      await boundary.close();
    }
  },
);
