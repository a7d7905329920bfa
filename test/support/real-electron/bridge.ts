import type { Page } from 'playwright-core';
import type { ChannelName, Transport } from '../../../src/shared/bridge/bridge.ts';
import type { InputOf, OutputOf } from '../../../src/shared/bridge/channel.ts';
import type {
  CommandInput,
  CommandName,
  CommandOutput,
} from '../../../src/shared/bridge/chat-bridge.ts';
import type { DesktopCommands } from '../../../src/shared/bridge/desktop-bridge.ts';
import type { Outcome } from '../../../src/shared/bridge/outcome.ts';

/** What the core answers the page. Rejects where that is a problem. */
export function askCore<Name extends CommandName>(
  page: Page,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  return call(page, 'chat', name, input).then((it) => answerOf<CommandOutput<Name>>(it));
}

/** What the desktop app answers the page. Rejects where that is a problem. */
export function askDesktop<Name extends keyof DesktopCommands>(
  page: Page,
  name: Name,
  input: InputOf<DesktopCommands[Name]>,
): Promise<OutputOf<DesktopCommands[Name]>> {
  return call(page, 'desktop', name, input).then((it) =>
    answerOf<OutputOf<DesktopCommands[Name]>>(it),
  );
}

function call(page: Page, channel: ChannelName, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async (asked) => {
      const { parley } = globalThis as unknown as { parley: Transport };
      return parley.call(asked.channel, asked.name, asked.input);
    },
    { channel, name, input },
  );
}

function answerOf<T>(given: unknown): T {
  const outcome = given as Outcome<T>;
  if (!outcome.ok) throw new Error(`The app refused: ${outcome.problem.code}.`);
  return outcome.value;
}
