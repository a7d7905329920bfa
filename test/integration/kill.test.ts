import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { runKills } from '../support/kills/kill-run.ts';

test('two peers killed ten times lose nothing, duplicate nothing and keep the order', async () => {
  const run = await runKills({ seed: 20_261, kills: 10, folder: temporaryFolder() });
  expect(run.broken).toEqual([]);
  const { starting, streaming, 'shaking hands': shaking } = run.kills;
  expect(starting + streaming + shaking).toBe(10);
  expect(Math.min(starting, streaming, shaking)).toBeGreaterThan(0);
  expect(run.accepted).toBeGreaterThan(50);
});
