import type { Command } from '../command.ts';
import { inspectStats } from '../inspect.ts';
import { ONE_SHOT_HELP, ONE_SHOT_OPTIONS, oneShot } from '../one-shot.ts';

export const statsCommand: Command = {
  name: 'stats',
  summary: 'ask a peer how many messages it has received',
  help: `
Usage: parley stats ADDRESS [OPTIONS]

Calls get_stats() at ADDRESS and prints the answer as JavaScript writes it:
{ name: 'Alice', messages_received: 1 }. With --json it is JSON.

${ONE_SHOT_HELP}
`,
  options: ONE_SHOT_OPTIONS,
  operands: ['ADDRESS'],
  run: (args, deps) =>
    oneShot(args, deps, {
      prepare: async () => null,
      call: (client) => client.getStats(),
      show: inspectStats,
      afterTimeout: 'timed-out',
    }),
};
