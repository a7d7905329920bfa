import { join } from 'node:path';
import { bareLinks, type LinkCast, linkMemory, parleyLinks } from '../lib/link-memory.ts';
import type { Plot, PlotLine } from '../lib/plot.ts';

export const LINK_MEMORY_PLOT: Plot = {
  name: 'memory-links',
  title: 'What idle links add to resident memory, by their number',
  along: 'linked contacts',
  unit: 'kB',
  mostRounds: 2,
  prepare: async (plan, folder) => {
    let runs = 0;
    const line = (name: string, cast: (links: number) => LinkCast): PlotLine => ({
      name,
      sides: plan.linkCounts.map((size) => {
        const run = () => linkMemory(cast(size), size, plan);
        return { size, side: { run, stop: async () => {} } };
      }),
    });
    const ours = (links: number) => {
      runs += 1;
      return parleyLinks(join(folder, `run-${runs}`), links, plan.profiles);
    };
    return [line('Parley', ours), line("bare Cap'n Web on ws over TLS", bareLinks)];
  },
};
