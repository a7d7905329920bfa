import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inFolder } from './lib/in-folder.ts';
import { type KeptRow, keepResults } from './lib/kept-results.ts';
import { machine } from './lib/machine.ts';
import { type DrawnPlot, measurePlot } from './lib/plot.ts';
import { plotText, rowText } from './lib/table.ts';
import { FULL, FULL_PLOTS, QUICK, QUICK_PLOTS } from './plans.ts';
import { PLOTS } from './plots/index.ts';
import { ROWS } from './rows/index.ts';

const USAGE = `Usage: npm run bench [-- [NAME...] [--json] [--quick] [--rounds N] [--keep] [--profile DIR]]

  --json         print { machine, rows: [{ name, value, target, met, ... }], plots }
  --quick        a small version that only shows that everything works
  --rounds N     runs of each side (default ${FULL.rounds}, for plots ${FULL_PLOTS.rounds}; some have fewer)
  --keep         write results into docs/performance and the tables of docs/PERFORMANCE.md
  --profile DIR  leave CPU profiles of our processes in DIR

Names; without any, all rows:
${ROWS.map(line).join('\n')}

  plots                        all of the following: cost as work grows
${PLOTS.map(({ name, title }) => line({ name: `plot-${name}`, title })).join('\n')}`;

function line({ name, title }: { readonly name: string; readonly title: string }): string {
  return `  ${name.padEnd(28)} ${title}`;
}

/** What is asked for; null when a name is not known. */
function chosen(names: readonly string[]) {
  const known = [...ROWS.map(({ name }) => name), ...PLOTS.map(({ name }) => `plot-${name}`)];
  if (names.some((name) => name !== 'plots' && !known.includes(name))) return null;
  const asked = (name: string) => names.includes(name);
  return {
    rows: names.length === 0 ? ROWS : ROWS.filter(({ name }) => asked(name)),
    plots: PLOTS.filter(({ name }) => asked('plots') || asked(`plot-${name}`)),
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { json, quick, keep } = values;
  const asked = chosen(positionals);
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  if (
    asked === null ||
    (rounds !== null && !(Number.isInteger(rounds) && rounds > 0)) ||
    (keep && quick)
  ) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const profiles = values.profile === undefined ? null : resolve(values.profile);
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const changes = { profiles, ...(rounds !== null && { rounds }) };
  const plan = { ...(quick ? QUICK : FULL), ...changes };
  const plotPlan = { ...(quick ? QUICK_PLOTS : FULL_PLOTS), ...changes };
  const say = (text: string) => {
    if (!json) console.log(`${text}\n`);
  };
  const namesOf = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  const order = { rows: namesOf(ROWS), plots: namesOf(PLOTS) };
  const keepAll = (rows: readonly KeptRow[], plots: readonly DrawnPlot[]) => {
    if (keep) keepResults({ machine: machine(), rows, plots }, order);
  };
  const rows: KeptRow[] = [];
  const plots: DrawnPlot[] = [];
  say(`${machine()}; median [min to max]${quick ? '; quick: these numbers mean nothing' : ''}`);
  for (const row of asked.rows) {
    const load = loadavg()[0] ?? 0;
    const result = await inFolder((folder) => row.measure(plan, folder));
    rows.push({ ...result, load, rounds: plan.rounds });
    say(rowText(result));
    // One by one: what is measured is kept even if a later row fails.
    keepAll(rows, plots);
  }
  for (const plot of asked.plots) {
    const drawn = await inFolder((folder) => measurePlot(plot, plotPlan, folder));
    plots.push(drawn);
    say(plotText(drawn));
    keepAll(rows, plots);
  }
  if (json) console.log(JSON.stringify({ machine: machine(), rows, plots }, null, 2));
}

await main();
