import type { Readable } from 'node:stream';
import { DEFAULT_LIMITS } from '../../../shared/limits.ts';
import { ProblemError, raise } from '../../../shared/problem.ts';
import { messageProblem } from '../../../shared/text.ts';
import type { Command } from '../command.ts';
import { ONE_SHOT_HELP, ONE_SHOT_OPTIONS, oneShot } from '../one-shot.ts';
import { printableBlock } from '../printable.ts';

export const sendCommand: Command = {
  name: 'send',
  summary: 'send one message to a peer',
  help: `
Usage: parley send ADDRESS TEXT [OPTIONS]

Calls chat(TEXT) at ADDRESS and prints the answer. A TEXT of - is read from standard input, without
its last line break; put -- before a TEXT that begins with a dash. Exit code 0 means delivered; 9
means that the message left and no answer came, so that it may have arrived: it is not sent again.

${ONE_SHOT_HELP}
`,
  options: ONE_SHOT_OPTIONS,
  operands: ['ADDRESS', 'TEXT'],
  run: async (args, deps) => {
    const given = args.positionals[1] ?? '';
    return oneShot(args, deps, {
      prepare: async () => {
        const body = given === '-' ? await readBody(deps.io.stdin) : given;
        const refusal = messageProblem(body, DEFAULT_LIMITS);
        if (refusal) throw new ProblemError(refusal);
        return body;
      },
      call: (client, body) => client.chat(body),
      show: (answer) => printableBlock(answer, '   '),
      afterTimeout: 'no-answer',
    });
  },
};

/** Standard input as UTF-8 without its last line break; stops reading well over the limit. */
async function readBody(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes > DEFAULT_LIMITS.messageBytes + 2) {
      raise('message-too-long', { bytes: `over ${bytes - 1}`, limit: DEFAULT_LIMITS.messageBytes });
    }
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
