import type { Reach } from '../../../shared/model/model.ts';
import { UsageError } from '../../usage-error.ts';
import { type Arguments, readDestination, readName } from '../args.ts';
import type { Command, CommandDeps } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { dataFolder } from '../profile/with-profile.ts';
import { jsonView, SERVE_EVENTS } from '../serve/json-view.ts';
import { runServe, type ServeOptions } from '../serve/run.ts';
import { textView } from '../serve/text-view.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run a peer in this terminal',
  help: `
Usage: parley serve [--name NAME] [--port PORT] [OPTIONS]

Runs a peer until Ctrl+C. It runs unattended, so it accepts anyone who writes to it. With --peer it
greets that peer (greet, get_stats, and chat, which sends the message "Hi NAME!"), keeps in touch with
it, and sends it every line typed; what is typed while it is away is sent when it is back. Without
--peer nothing typed is sent.

Options:
  --name NAME         what others see
  --port PORT         the port to take calls on (default: 8080, or the next free one; 0: any)
  --host HOST         the network address to take calls on (default 127.0.0.1: this computer only;
                      0.0.0.0: everyone who can reach this computer), for this run
  --peer ADDRESS      whom to call
  --peer-name NAME    what to call the peer until it tells its name
  --reach WHO         who can call: computer (default) or network; kept in the profile
  --open-contract WHO which callers without an identity are answered: those on this computer
                      (computer, default) or on the network (network); kept in the profile
  --profile NAME      keep identity and history in this profile (default: nothing is kept)
  --data DIR          keep identity and history in DIR
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
    reach: { type: 'string' },
    'open-contract': { type: 'string' },
    profile: { type: 'string' },
    data: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  operands: [],
  run: async (args, deps) => {
    const view = args.flag('json') ? jsonView(deps.io) : textView(deps.io);
    await runServe(readOptions(args, deps), view, deps);
    return EXIT.ok;
  },
};

function readOptions(args: Arguments, deps: CommandDeps): ServeOptions {
  const name = readName(args);
  if (args.flag('host') && args.flag('reach')) {
    throw new UsageError('Give --host or --reach: both say where to take calls.');
  }
  const keeps = args.flag('data') || args.flag('profile');
  const peer = args.text('peer');
  return {
    name,
    port: args.port('port'),
    host: args.text('host'),
    peer: peer === undefined ? undefined : { text: peer, address: readDestination(peer).address },
    peerName: args.text('peer-name'),
    reach: readReach(args, 'reach'),
    openContract: readReach(args, 'open-contract'),
    dataDir: keeps ? dataFolder(args, deps) : null,
    allowedHostNames: args.all('allow-host'),
  };
}

/** The computers that an option gives access. */
function readReach(args: Arguments, name: string): Reach | undefined {
  const text = args.text(name);
  if (text === undefined || text === 'network') return text;
  if (text === 'computer' || text === 'this-computer') return 'this-computer';
  throw new UsageError(`--${name} takes "computer" or "network".`);
}
