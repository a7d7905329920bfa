import { VERSION } from '../../shared/model/version.ts';
import { ProblemError, problemOf } from '../../shared/problems/problem.ts';
import { UsageError } from '../usage-error.ts';
import { readArguments } from './args.ts';
import type { Command, CommandDeps } from './command.ts';
import { contactsCommand } from './commands/contacts.ts';
import { doctorCommand } from './commands/doctor.ts';
import { greetCommand } from './commands/greet.ts';
import { historyCommand } from './commands/history.ts';
import { idCommand, inviteCommand, safetyCommand } from './commands/identity.ts';
import { acceptCommand, blockCommand, unblockCommand } from './commands/policy.ts';
import { searchCommand } from './commands/search.ts';
import { sendCommand } from './commands/send.ts';
import { serveCommand } from './commands/serve.ts';
import { statsCommand } from './commands/stats.ts';
import { exportCommand, importCommand } from './commands/transfer.ts';
import { webCommand } from './commands/web.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { commandHelp, generalHelp } from './help.ts';
import { OutputLostError, printLine, type TerminalIo } from './io.ts';
import { printable, printProblem } from './printable.ts';
import { reporter } from './unexpected.ts';

const COMMANDS: readonly Command[] = [
  serveCommand,
  webCommand,
  greetCommand,
  sendCommand,
  statsCommand,
  doctorCommand,
  historyCommand,
  searchCommand,
  contactsCommand,
  acceptCommand,
  blockCommand,
  unblockCommand,
  idCommand,
  inviteCommand,
  safetyCommand,
  exportCommand,
  importCommand,
];

/** Runs `parley ARGS`. Never throws: every failure is lines on stderr and an exit code. */
export async function main(args: readonly string[], deps: CommandDeps): Promise<ExitCode> {
  const { io } = deps;
  const [first, ...rest] = args;
  switch (first) {
    case undefined:
      return help(undefined, io);
    case 'help':
      return help(isOption(rest[0]) ? rest.find(isCommand) : rest[0], io);
    case 'version':
    case '--version':
    case '-v':
    case '-V':
      printLine(io.stdout, VERSION);
      return EXIT.ok;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command) return run(command, rest, deps);
  // Options before the command, or without one: a request for help wins.
  if (isOption(first) && asksForHelp(args)) return help(args.find(isCommand), io);
  return unknownCommand(first, io);
}

function isOption(argument: string | undefined): boolean {
  return argument?.startsWith('-') ?? false;
}

function isCommand(argument: string): boolean {
  return COMMANDS.some(({ name }) => name === argument);
}

async function run(
  command: Command,
  args: readonly string[],
  deps: CommandDeps,
): Promise<ExitCode> {
  const { io } = deps;
  if (asksForHelp(args)) {
    printLine(io.stdout, commandHelp(command));
    return EXIT.ok;
  }
  try {
    return await command.run(readArguments(args, command.options, command.operands), deps);
  } catch (error) {
    if (error instanceof UsageError) {
      printLine(io.stderr, `❌ ${printable(error.message)}`);
      printLine(io.stderr, `   See: parley help ${command.name}`);
      return EXIT.usage;
    }
    // The state of the output is checked at the end of the process.
    return error instanceof OutputLostError ? EXIT.internal : failed(error, io);
  }
}

/** Prints a failure as its cause and the next step; returns its exit code. */
function failed(error: unknown, io: TerminalIo): ExitCode {
  const problem = problemOf(error);
  printProblem(io.stderr, problem);
  if (!(error instanceof ProblemError)) reporter(io)(error);
  return exitCodeOf(problem.code);
}

function help(topic: string | undefined, io: TerminalIo): ExitCode {
  if (topic === undefined) {
    printLine(io.stdout, generalHelp(COMMANDS));
    return EXIT.ok;
  }
  const command = COMMANDS.find(({ name }) => name === topic);
  if (!command) return unknownCommand(topic, io);
  printLine(io.stdout, commandHelp(command));
  return EXIT.ok;
}

function unknownCommand(name: string, io: TerminalIo): ExitCode {
  printLine(io.stderr, `❌ There is no command "${printable(name.slice(0, 60))}".`);
  printLine(io.stderr, '   See: parley help');
  return EXIT.usage;
}

/** Whether `--help` or `-h` is among the options (what follows `--` is text). */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}
