import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BOUNDARIES } from '../test/fuzz/boundaries.ts';
import type { Boundary } from '../test/fuzz/boundary.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
  },
});

/** Inputs of one round; a round has a seed of its own. */
const ROUND = 500;
/** How long nothing else may run, milliseconds. Both sides of each boundary are in this process. */
const LONGEST_HOLD = 50;
/** Growth of what is in use after collecting garbage, from the first round's end on. */
const GROWTH = 32 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const boundaries = BOUNDARIES.filter(({ name }) => name.includes(values.only));
const minutes = Number(values.minutes);
let failures = 0;
for (const boundary of boundaries) {
  failures += await fuzz(boundary, (minutes * 60_000) / boundaries.length);
}
process.exit(failures > 0 ? 1 : 0);

async function fuzz({ name, open }: Boundary, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  const boundary = await open();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const longest: number[] = [];
  let rounds = 0;
  let failed = 0;
  let first = 0;
  let grown = 0;
  do {
    const seed =
      values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
    delay.reset();
    delay.enable();
    const report = await boundary.check(ROUND, seed);
    delay.disable();
    rounds += 1;
    const hold = Math.max(0, delay.max / 1e6 - 5);
    longest.push(hold);
    if (hold > LONGEST_HOLD) {
      console.log(`${name}: held for ${hold.toFixed(0)} ms in the round with seed ${seed}`);
    }
    if (report !== null) {
      failed += 1;
      console.log(`${name} (again: npm run fuzz -- --only '${name}' --seed ${seed} --minutes 0)`);
      console.log(report);
      break;
    }
    collect();
    const { heapUsed, external } = process.memoryUsage();
    if (rounds === 1) first = heapUsed + external;
    else grown = heapUsed + external - first;
  } while (performance.now() < end);
  await boundary.close();
  const held = longest.filter((hold) => hold > LONGEST_HOLD).length;
  const mib = (grown / 1024 / 1024).toFixed(1);
  console.log(
    `${name}: ${rounds * ROUND} inputs, ${failed} failed, longest hold ${Math.max(...longest).toFixed(0)} ms (${held} rounds above ${LONGEST_HOLD}), memory ${mib} MiB more after the last round than after the first`,
  );
  // A busy computer holds a process up too: what happens in most rounds is ours.
  return failed + Number(held > rounds / 2) + Number(grown > GROWTH);
}
