import type { Command } from '../command.ts';
import { ONE_SHOT_HELP, ONE_SHOT_OPTIONS, oneShot } from '../one-shot.ts';
import { printableBlock } from '../printable.ts';

export const greetCommand: Command = {
  name: 'greet',
  summary: 'ask a peer for its greeting',
  help: `
Usage: parley greet ADDRESS [OPTIONS]

Calls greet() at ADDRESS and prints the answer: Hello! I'm Alice.

${ONE_SHOT_HELP}
`,
  options: ONE_SHOT_OPTIONS,
  operands: ['ADDRESS'],
  run: (args, deps) =>
    oneShot(args, deps, {
      prepare: async () => null,
      call: (client) => client.greet(),
      show: (greeting) => printableBlock(greeting, '   '),
      afterTimeout: 'timed-out',
    }),
};
