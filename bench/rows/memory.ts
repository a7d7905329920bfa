import { join } from 'node:path';
import { bareLinks, linkMemory, parleyLinks } from '../lib/link-memory.ts';
import type { Row } from '../lib/row.ts';

const memory: Row = {
  name: 'memory',
  title: 'resident memory of 1,000 idle linked contacts',
  against: "1,000 bare Cap'n Web sessions on ws over TLS",
  unit: 'kB',
  goal: 'at-most',
  target: 1.5,
  // Each makes a thousand identities and handshakes.
  mostRounds: 3,
  prepare: async (plan, folder) => {
    const { links, profiles } = plan;
    let runs = 0;
    const stop = async () => {};
    return {
      ours: {
        run: () => {
          runs += 1;
          const cast = parleyLinks(join(folder, `run-${runs}`), links, profiles);
          return linkMemory(cast, links, plan);
        },
        stop,
      },
      baseline: { run: () => linkMemory(bareLinks(links), links, plan), stop },
    };
  },
};

export const MEMORY_ROWS: readonly Row[] = [memory];
