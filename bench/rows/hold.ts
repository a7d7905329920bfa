import { join } from 'node:path';
import type { FigureRow } from '../lib/figure.ts';
import { copyHistory } from '../lib/history.ts';
import { IDLE } from '../lib/longest-hold.ts';
import { startRole } from '../lib/start-role.ts';
import { median, summarize } from '../lib/statistics.ts';
import type { BusyCoreOptions, Holds } from '../roles/busy-core.ts';

/** Each makes a copy of the long history and does much to it. */
const MOST_ROUNDS = 3;

const hold: FigureRow = {
  name: 'hold',
  title: "longest time that a command holds the core's event loop, 1,000,000 stored messages",
  against: null,
  unit: 'ms',
  goal: 'at-most',
  target: 20,
  take: async ({ rounds, measure, longHistory, profiles }, folder) => {
    const runs: Holds[] = [];
    for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
      const dataDir = join(folder, `run-${round}`);
      await copyHistory(longHistory, dataDir);
      const options: BusyCoreOptions = { dataDir, watch: measure, imported: longHistory / 50 };
      const part = await startRole<Holds>({ role: 'busy-core.ts', options, profiles });
      runs.push(part.value);
      await part.stop();
    }
    const names = Object.keys(runs[0] ?? {});
    const holdsOf = (name: string) => runs.map((run) => run[name] ?? Number.NaN);
    const commands = names.filter((name) => name !== IDLE);
    const worst = commands.toSorted((a, b) => median(holdsOf(b)) - median(holdsOf(a)))[0] ?? '';
    return {
      values: holdsOf(worst),
      parts: names.map((name) => ({ name, unit: 'ms', value: summarize(holdsOf(name)) })),
      remarks: [`the longest: ${worst}`],
    };
  },
};

export const HOLD_ROWS: readonly FigureRow[] = [hold];
