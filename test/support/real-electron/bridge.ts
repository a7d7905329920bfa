import type { Page } from 'playwright-core';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
} from '../../../src/shared/bridge/chat-bridge.ts';
import type { Outcome } from '../../../src/shared/bridge/outcome.ts';
import type {
  ShellCommandName,
  ShellInput,
  ShellOutput,
} from '../../../src/shared/bridge/shell-bridge.ts';

/** What the core answers the page. Rejects where that is a problem. */
export function askCore<Name extends CommandName>(
  page: Page,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  return call(page, 'core', name, input).then((it) => answerOf<CommandOutput<Name>>(it));
}

/** What the desktop app answers the page. Rejects where that is a problem. */
export function askShell<Name extends ShellCommandName>(
  page: Page,
  name: Name,
  input: ShellInput<Name>,
): Promise<ShellOutput<Name>> {
  return call(page, 'shell', name, input).then((it) => answerOf<ShellOutput<Name>>(it));
}

type Functions = Record<string, (input: unknown) => Promise<unknown>>;

function call(page: Page, part: 'core' | 'shell', name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async (asked) => {
      const { parley } = globalThis as unknown as { parley: Functions & { shell: Functions } };
      const functions = asked.part === 'shell' ? parley.shell : parley;
      return functions[asked.name]?.(asked.input);
    },
    { part, name, input },
  );
}

function answerOf<T>(given: unknown): T {
  const outcome = given as Outcome<T>;
  if (!outcome.ok) throw new Error(`The app refused: ${outcome.problem.code}.`);
  return outcome.value;
}
