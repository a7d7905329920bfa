import { historyOf } from '../lib/history.ts';
import type { Load } from '../lib/load.ts';
import type { Plot, PlotLine, PlotPlan } from '../lib/plot.ts';
import { type Casting, startRole } from '../lib/start-role.ts';
import { wordOf } from '../lib/text.ts';
import type { HistoryReaderOptions } from '../roles/history-reader.ts';

const PAGE = 50;
const MEGABYTE = 1_000_000;

/** The same asked of histories of all sizes. One profile is open in one process at a time. */
async function lineOf(
  name: string,
  plan: PlotPlan,
  casting: (dataDir: string) => Casting,
  read: (answer: unknown) => number,
): Promise<PlotLine> {
  const sides = plan.histories.map((size) => {
    const run = async () => {
      const part = await startRole(casting(await historyOf(size)));
      try {
        await part.run();
        return { value: read(await part.run()) };
      } finally {
        await part.stop();
      }
    };
    return { size, side: { run, stop: async () => {} } };
  });
  return { name, sides };
}

function readerLine(name: string, plan: PlotPlan, queries: readonly string[]): Promise<PlotLine> {
  const { warmUp, measure, profiles } = plan;
  const load = { warmUp, measure, inFlight: 1 };
  const casting = (dataDir: string): Casting => {
    const options: HistoryReaderOptions = { dataDir, queries, limit: PAGE, load };
    return { role: 'history-reader.ts', options, profiles };
  };
  return lineOf(name, plan, casting, (answer) => (answer as Load).p50);
}

export const OPEN_PLOT: Plot = {
  name: 'open',
  title: 'The newest page (50) of a conversation, p50, by what is stored',
  along: 'stored messages',
  unit: 'ms',
  prepare: async (plan) => [await readerLine('newest page', plan, [])],
};

export const SEARCH_PLOT: Plot = {
  name: 'search',
  title: 'The first 50 hits of a search, p50, by what is stored',
  along: 'stored messages',
  unit: 'ms',
  prepare: async (plan) => [
    await readerLine('a common word', plan, [wordOf(3)]),
    await readerLine('a rare word', plan, [wordOf(4_321)]),
    await readerLine('two words', plan, [`${wordOf(40)} ${wordOf(90)}`]),
    await readerLine('the first letters of a word', plan, [wordOf(700).slice(0, 3)]),
  ],
};

export const HISTORY_MEMORY_PLOT: Plot = {
  name: 'memory-history',
  title: 'Resident memory of a peer, by what is stored',
  along: 'stored messages',
  unit: 'MB',
  mostRounds: 3,
  prepare: async (plan) => [
    await lineOf(
      'the whole process, after a page and a search',
      plan,
      (dataDir) => ({ role: 'history-memory.ts', options: { dataDir } }),
      (bytes) => Number(bytes) / MEGABYTE,
    ),
  ],
};
