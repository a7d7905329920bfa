import { join } from 'node:path';
import { copyHistory, historyOf } from '../lib/history.ts';
import { sideOf, timeOf } from '../lib/rates.ts';
import type { Plan, Row } from '../lib/row.ts';
import { startRole } from '../lib/start-role.ts';
import { wordOf } from '../lib/text.ts';
import type { HistoryReaderOptions } from '../roles/history-reader.ts';

const SHORT_HISTORY = 1_000;
const PAGE = 50;

/** A common word, a rare one, two words, and the beginning of one. */
const QUERIES = [wordOf(3), wordOf(4_321), `${wordOf(40)} ${wordOf(90)}`, wordOf(700).slice(0, 3)];

function reader(
  role: string,
  { dataDir, queries }: Pick<HistoryReaderOptions, 'dataDir' | 'queries'>,
  { warmUp, measure, profiles }: Plan,
) {
  const load = { warmUp, measure, inFlight: 1 };
  const options: HistoryReaderOptions = { dataDir, queries, limit: PAGE, load };
  return startRole({ role, options, profiles });
}

const page: Row = {
  name: 'page',
  title: 'newest page (50) of a conversation, 1,000,000 stored messages, p50',
  against: 'the same with 1,000',
  unit: 'ms',
  goal: 'at-most',
  target: 1.5,
  prepare: async (plan) => {
    const long = { dataDir: await historyOf(plan.longHistory), queries: [] };
    const short = { dataDir: await historyOf(SHORT_HISTORY), queries: [] };
    return {
      ours: sideOf(await reader('history-reader.ts', long, plan), timeOf),
      baseline: sideOf(await reader('history-reader.ts', short, plan), timeOf),
    };
  },
};

const search: Row = {
  name: 'search',
  title: 'first 50 hits of four searches in 1,000,000 messages, p50 of all four',
  against: 'one bare FTS5 query each, texts included',
  unit: 'ms',
  goal: 'at-most',
  target: 1.5,
  prepare: async (plan, folder) => {
    const dataDir = await historyOf(plan.longHistory);
    // A running peer keeps its history to itself.
    const copy = join(folder, 'copy');
    await copyHistory(plan.longHistory, copy);
    const ours = { dataDir, queries: QUERIES };
    return {
      ours: sideOf(await reader('history-reader.ts', ours, plan), timeOf),
      baseline: sideOf(await reader('bare-search.ts', { ...ours, dataDir: copy }, plan), timeOf),
    };
  },
};

export const HISTORY_ROWS: readonly Row[] = [page, search];
