import type { Page } from 'playwright-core';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
} from '../../../src/shared/bridge/chat-bridge.ts';
import type {
  DesktopCommandName,
  DesktopInput,
  DesktopOutput,
} from '../../../src/shared/bridge/desktop-bridge.ts';
import type { Outcome } from '../../../src/shared/bridge/outcome.ts';

/** What the core answers the page. Rejects where that is a problem. */
export function askCore<Name extends CommandName>(
  page: Page,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  return call(page, 'core', name, input).then((it) => answerOf<CommandOutput<Name>>(it));
}

/** What the desktop app answers the page. Rejects where that is a problem. */
export function askDesktop<Name extends DesktopCommandName>(
  page: Page,
  name: Name,
  input: DesktopInput<Name>,
): Promise<DesktopOutput<Name>> {
  return call(page, 'desktop', name, input).then((it) => answerOf<DesktopOutput<Name>>(it));
}

type Functions = Record<string, (input: unknown) => Promise<unknown>>;

function call(
  page: Page,
  part: 'core' | 'desktop',
  name: string,
  input: unknown,
): Promise<unknown> {
  return page.evaluate(
    async (asked) => {
      const { parley } = globalThis as unknown as { parley: Functions & { desktop: Functions } };
      const functions = asked.part === 'desktop' ? parley.desktop : parley;
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
