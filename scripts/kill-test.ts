import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KillMoment, runKills } from '../test/support/kills/kill-run.ts';

/** Kills on one pair of profiles before a new pair is begun, so that first meetings are killed too. */
const PER_PAIR = 20;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const wanted = Number(values.kills);
const firstSeed = Number(values.seed);
console.log(
  `seed ${firstSeed} (again: npm run test:kills -- --kills ${wanted} --seed ${firstSeed})`,
);

const kills: Record<KillMoment, number> = { starting: 0, 'shaking hands': 0, streaming: 0 };
const total = { pairs: 0, ofBoth: 0, starts: 0, accepted: 0, broken: 0 };
for (let done = 0; done < wanted; done += PER_PAIR) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-kills-'));
  const seed = firstSeed + total.pairs;
  const run = await runKills({ seed, kills: Math.min(PER_PAIR, wanted - done), folder });
  total.pairs += 1;
  total.ofBoth += run.ofBoth;
  total.starts += run.starts;
  total.accepted += run.accepted;
  total.broken += run.broken.length;
  for (const moment of Object.keys(kills) as KillMoment[]) kills[moment] += run.kills[moment];
  if (run.broken.length === 0) rmSync(folder, { recursive: true });
  else console.log(`pair ${seed}, profiles left in ${folder}`);
  for (const sentence of run.broken.slice(0, 20)) console.log(`  ${sentence}`);
}
const moments = Object.entries(kills).map(([moment, count]) => `${count} ${moment}`);
console.log(
  `${moments.join(', ')} (${total.ofBoth} of both at once), ${total.pairs} pairs of profiles, ${total.starts} starts`,
);
console.log(`${total.accepted} messages accepted, ${total.broken} promises broken`);
process.exitCode = total.broken > 0 ? 1 : 0;
