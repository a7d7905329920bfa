import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './lib/machine.ts';
import type { BenchRow, Plan, RowResult } from './lib/row.ts';
import { rowText } from './lib/table.ts';
import { ROWS } from './rows/index.ts';

const FULL: Plan = {
  rounds: 15,
  warmUp: 200,
  measure: 600,
  longHistory: 1_000_000,
  links: 1_000,
  settle: 12_000,
  profiles: null,
};

/** Shows that everything works; its numbers mean nothing. */
const QUICK: Plan = {
  rounds: 1,
  warmUp: 50,
  measure: 150,
  longHistory: 4_000,
  links: 10,
  settle: 100,
  profiles: null,
};

const USAGE = `Usage: npm run bench [-- [NAME...] [--json] [--quick] [--rounds N] [--profile DIR]]

  --json         print { machine, rows: [{ name, value, target, met, ... }] }
  --quick        a small version that only shows that everything works
  --rounds N     runs of each side (default 15)
  --profile DIR  leave CPU profiles of our processes in DIR

Names:
${ROWS.map(({ name, title }) => `  ${name.padEnd(20)} ${title}`).join('\n')}`;

function chosen(names: readonly string[]): readonly BenchRow[] | null {
  const known = new Set(ROWS.map(({ name }) => name));
  if (names.some((name) => !known.has(name))) return null;
  return names.length === 0 ? ROWS : ROWS.filter(({ name }) => names.includes(name));
}

async function measure(row: BenchRow, plan: Plan): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  try {
    return await row.measure(plan, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const rows = chosen(positionals);
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  if (rows === null || (rounds !== null && !(Number.isInteger(rounds) && rounds > 0))) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const profiles = values.profile === undefined ? null : resolve(values.profile);
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const base = values.quick ? QUICK : FULL;
  const plan: Plan = { ...base, profiles, rounds: rounds ?? base.rounds };
  const results: RowResult[] = [];
  if (!values.json) {
    const heed = values.quick ? '; quick: these numbers mean nothing' : '';
    console.log(`${machine()}; ${plan.rounds} rounds, median [min to max]${heed}\n`);
  }
  for (const row of rows) {
    const result = await measure(row, plan);
    results.push(result);
    if (!values.json) console.log(`${rowText(result)}\n`);
  }
  if (values.json) console.log(JSON.stringify({ machine: machine(), rows: results }, null, 2));
}

await main();
