import { historyOf } from '../lib/history.ts';
import type { Load } from '../lib/load.ts';
import type { Plan, Row } from '../lib/row.ts';
import { runRole } from '../lib/start-role.ts';
import { wordOf } from '../lib/text.ts';
import type { HistoryReaderOptions } from '../roles/history-reader.ts';

const SHORT_HISTORY = 1_000;
const PAGE = 50;

/** A common word, a rare one, two words, and the beginning of one. */
const QUERIES = [wordOf(3), wordOf(4_321), `${wordOf(40)} ${wordOf(90)}`, wordOf(700).slice(0, 3)];

async function read(
  role: string,
  options: Omit<HistoryReaderOptions, 'load' | 'limit'>,
  { warmUp, measure }: Plan,
  profiles: string | null,
) {
  const load = { warmUp, measure, inFlight: 1 };
  const all: HistoryReaderOptions = { ...options, limit: PAGE, load };
  return { value: (await runRole<Load>(role, all, profiles)).p50 };
}

const page: Row = {
  name: 'page',
  title: 'newest page (50) of a conversation, long history, p50',
  against: 'the same with 1,000 messages',
  unit: 'ms',
  goal: 'at-most',
  target: 1.5,
  prepare: async (plan) => {
    const long = await historyOf(plan.longHistory);
    const short = await historyOf(SHORT_HISTORY);
    const queries: string[] = [];
    const { profiles } = plan;
    return {
      ours: async () => ({
        ...(await read('history-reader.ts', { dataDir: long, queries }, plan, profiles)),
        remark: `${plan.longHistory} messages`,
      }),
      baseline: () => read('history-reader.ts', { dataDir: short, queries }, plan, null),
    };
  },
};

const search: Row = {
  name: 'search',
  title: 'first 50 hits of four searches in a long history, p50 of all four',
  against: 'one bare FTS5 query each, texts included',
  unit: 'ms',
  goal: 'at-most',
  target: 1.5,
  prepare: async (plan) => {
    const dataDir = await historyOf(plan.longHistory);
    const options = { dataDir, queries: QUERIES };
    return {
      ours: async () => ({
        ...(await read('history-reader.ts', options, plan, plan.profiles)),
        remark: `${plan.longHistory} messages`,
      }),
      baseline: () => read('bare-search.ts', options, plan, null),
    };
  },
};

export const HISTORY_ROWS: readonly Row[] = [page, search];
