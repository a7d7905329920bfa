import { createInterface } from 'node:readline';
import type { NodePeer } from '../../../core/node-peer.ts';
import { PageFile } from '../../../core/profile/page-file.ts';
import { DEFAULT_PROFILE } from '../../../shared/model/profile-name.ts';
import { replacedPort } from '../../../shared/model/settings.ts';
import type { WebHost } from '../../web/web-host.ts';
import { type Arguments, readName } from '../args.ts';
import type { Command, CommandDeps } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { printLine } from '../io.ts';
import { printable } from '../printable.ts';
import { dataFolder } from '../profile/with-profile.ts';
import { exportUrl } from '../serve/peer-label.ts';
import { stopRequest } from '../stop-request.ts';
import { reporter } from '../unexpected.ts';

export const webCommand: Command = {
  name: 'web',
  summary: 'run a peer and open it in the browser',
  help: `
Usage: parley web [--open] [--profile NAME] [OPTIONS]

Runs a peer until Ctrl+C and prints a link to it for a browser on this computer. The link opens
once; press Enter for another. Over SSH, forward the port that the link shows to your own computer.

Options:
  --open              open the link in the browser, if there is one
  --name NAME         what others see
  --port PORT         the port to take calls on (default: the profile's, or the next free one)
  --host HOST         the network address to take calls on (default 127.0.0.1: this computer only;
                      0.0.0.0: everyone who can reach this computer)
  --profile NAME      which of your profiles (default: ${DEFAULT_PROFILE})
  --data DIR          keep the profile's data in DIR instead of its usual place
  --allow-host NAME   also take calls that address this computer by this name; may be repeated
  --web-port PORT     the port of the page, the same at every start (default: a new address at each
                      start, which nobody who shares this computer can have prepared for)
`,
  options: {
    open: { type: 'boolean' },
    name: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    profile: { type: 'string' },
    data: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    'web-port': { type: 'string' },
  },
  operands: [],
  run: async (args, deps) => {
    await runWeb(args, deps);
    return EXIT.ok;
  },
};

async function runWeb(args: Arguments, deps: CommandDeps): Promise<void> {
  const { io } = deps;
  const stop = stopRequest(io);
  const onUnexpected = reporter(io);
  try {
    const peer = await deps.startPeer({
      name: readName(args),
      port: args.port('port'),
      host: args.text('host'),
      dataDir: dataFolder(args, deps),
      allowedHostNames: args.all('allow-host'),
      defaultName: deps.defaultName,
      onUnexpected,
    });
    const host = await startPage(args, deps, peer, onUnexpected).catch(async (error: unknown) => {
      await stop.bounded(peer.stop());
      throw error;
    });
    const { self } = await peer.app.snapshot({});
    printLine(io.stdout, `✅ ${printable(self.name)} is running!`);
    const url = exportUrl(self);
    printLine(io.stdout, `   - Friends connect to ${new URL(url).host}`);
    printLine(io.stdout, `   - Programs call ${url}`);
    const taken = replacedPort(self);
    if (taken !== null) {
      printLine(
        io.stdout,
        `   Port ${taken} is used by another program: friends who know only that`,
      );
      printLine(io.stdout, '   address need this one, until Parley is started again.');
    }
    if (args.port('web-port') !== undefined) warnOfKeptAddress(io);
    const link = printLink(deps, host);
    if (args.flag('open')) await deps.openBrowser(link);
    const lines = createInterface({ input: io.stdin });
    lines.on('line', () => printLink(deps, host));
    await stop.reason;
    lines.close();
    await stop.bounded(host.close());
    await stop.bounded(peer.stop());
    printLine(io.stdout, '👋 Stopped.');
  } finally {
    stop.dispose();
  }
}

async function startPage(
  args: Arguments,
  deps: CommandDeps,
  peer: NodePeer,
  onUnexpected: (error: unknown) => void,
): Promise<WebHost> {
  const { rendererDir } = deps;
  const { app, data } = peer;
  const page = await PageFile.open({
    folder: dataFolder(args, deps),
    onUnexpected,
    onWritten: (problem) => peer.warn('page', problem),
  });
  const port = args.port('web-port');
  return deps.startWebHost({
    app,
    data,
    page,
    rendererDir,
    onUnexpected,
    onOtherUser: (user) => printLine(deps.io.stdout, foreignUse(user)),
    ...(port !== undefined && { port }),
  });
}

/**
 * A browser's storage for an address outlives this process, and between two starts other users of
 * this computer can listen at the address and write to it.
 */
function warnOfKeptAddress({ stdout }: CommandDeps['io']): void {
  printLine(
    stdout,
    '⚠️  The page is at the same address at every start. Others who share this computer',
  );
  printLine(
    stdout,
    '   could take that address while Parley isn’t running: leave out --web-port if there',
  );
  printLine(stdout, '   are any.');
}

/** The link is still valid: it works only for the user that started this process. */
function foreignUse(user: number): string {
  const who = user < 0 ? 'Another program' : `Another user of this computer (user id ${user})`;
  return `⚠️  ${who} tried a link to this page, and was refused.`;
}

/** Prints a new link on a separate line, so that it is easily copied. */
function printLink({ io }: CommandDeps, host: WebHost): string {
  const link = host.newLink();
  printLine(io.stdout, '🌐 Open this link in a browser on this computer (it works once;');
  printLine(io.stdout, '   press Enter here for another):');
  printLine(io.stdout, `   ${link}`);
  if (io.env['SSH_CONNECTION']) {
    printLine(io.stdout, '   From your own computer, first forward the port to it:');
    printLine(io.stdout, `   ssh -L ${host.port}:127.0.0.1:${host.port} THIS-COMPUTER`);
    printLine(
      io.stdout,
      '   (If its browser can’t find the name in the link, use --web-port PORT here.)',
    );
  }
  return link;
}
