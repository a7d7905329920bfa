import type { connectOpenClient, startNodePeer } from '../../core/node-peer.ts';
import type { startWebHost } from '../web/web-host.ts';
import type { Arguments, OptionSpec } from './args.ts';
import type { ExitCode } from './exit-codes.ts';
import type { TerminalIo } from './io.ts';

/** The dependencies of the commands; tests replace any of them. */
export interface CommandDeps {
  readonly io: TerminalIo;
  readonly startPeer: typeof startNodePeer;
  readonly connect: typeof connectOpenClient;
  readonly startWebHost: typeof startWebHost;
  /** The folder of the built renderer. */
  readonly rendererDir: string;
  /** The name of a peer when neither the user nor the profile has one. */
  readonly defaultName: string;
  /** The folder of a profile's data. */
  readonly profileDir: (profile: string) => string;
  /** Opens a URL in the user's browser; resolves whether or not it succeeded. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** One `parley` command. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help text. */
  readonly help: string;
  readonly options: OptionSpec;
  /** Names of the positional arguments, all required. */
  readonly operands: readonly string[];
  readonly run: (args: Arguments, deps: CommandDeps) => Promise<ExitCode>;
}
