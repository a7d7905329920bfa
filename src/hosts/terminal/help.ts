import type { Command } from './command.ts';
import { EXIT_MEANINGS } from './exit-codes.ts';

/** What `parley help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return [
    'Parley: chat machine to machine, with nobody in between.',
    '',
    'Usage: parley COMMAND [OPTIONS]',
    '',
    ...list,
    `  ${'help'.padEnd(width)}this text, or "parley help COMMAND" for one command`,
    '',
    '"parley COMMAND --help" is the same, and "parley --version" tells the version.',
    '',
    'An ADDRESS is what a friend gives you: 192.168.1.20:8080, [::1]:8080, some-host or a URL.',
    '',
    'Exit codes:',
    ...EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`),
  ].join('\n');
}

/** What `parley help COMMAND` prints. */
export function commandHelp(command: Command): string {
  return `parley ${command.name}: ${command.summary}\n\n${command.help.trim()}`;
}
