import { parseArgs } from 'node:util';
import { simulate } from '../test/simulation/simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
  },
});
const first = Number(values.from);
const last = first + Number(values.seeds) - 1;
let accepted = 0;
let failed = 0;
const started = performance.now();
for (let seed = first; seed <= last; seed += 1) {
  const run = await simulate(seed);
  accepted += run.accepted;
  if (run.violations.length > 0) {
    failed += 1;
    console.log(`seed ${seed} (again: npm run simulate -- --from ${seed} --seeds 1)`);
    for (const violation of run.violations.slice(0, 10)) console.log(`  ${violation}`);
  }
}
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(
  `${last - first + 1} seeds, ${accepted} messages accepted, ${failed} seeds failed, ${seconds} s`,
);
process.exitCode = failed > 0 ? 1 : 0;
