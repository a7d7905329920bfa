import { resolve } from 'node:path';
import { DEFAULT_LIMITS } from '../../../shared/limits.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { nameProblem } from '../../../shared/text.ts';
import { type Arguments, readAddress } from '../args.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { jsonView, SERVE_EVENTS } from '../serve/json-view.ts';
import { runServe, type ServeOptions } from '../serve/run.ts';
import { textView } from '../serve/text-view.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run a peer in this terminal',
  help: `
Usage: parley serve [--name NAME] [--port PORT] [OPTIONS]

Runs a peer until Ctrl+C. With --peer it calls that peer once (greet, chat, get_stats), keeps in
touch with it, and sends it every line typed; what comes while it is away is sent when it is back.

Options:
  --name NAME         what others see
  --port PORT         the port to take calls on (default: 8080, or the next free one; 0: any)
  --host HOST         the network address to take calls on (default 127.0.0.1: this computer only;
                      0.0.0.0: everyone who can reach this computer)
  --peer ADDRESS      whom to call
  --peer-name NAME    what to call the peer until it tells its name
  --data DIR          keep identity and history in DIR (default: nothing is kept)
  --allow-host NAME   also take calls that address this computer by this name; may be repeated
  --json              print one JSON object a line instead, each with an "event":

${SERVE_EVENTS}
`,
  options: {
    name: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    peer: { type: 'string' },
    'peer-name': { type: 'string' },
    data: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  operands: [],
  run: async (args, deps) => {
    const view = args.flag('json') ? jsonView(deps.io) : textView(deps.io);
    await runServe(readOptions(args), view, deps);
    return EXIT.ok;
  },
};

function readOptions(args: Arguments): ServeOptions {
  const name = args.text('name');
  const refusal = name === undefined ? null : nameProblem(name, DEFAULT_LIMITS);
  if (refusal) throw new ProblemError(refusal);
  const data = args.text('data');
  const peer = args.text('peer');
  return {
    name,
    port: args.port('port'),
    host: args.text('host'),
    peer: peer === undefined ? undefined : { text: peer, address: readAddress(peer) },
    peerName: args.text('peer-name'),
    dataDir: data === undefined ? null : resolve(data),
    allowedHostNames: args.all('allow-host'),
  };
}
