import fc from 'fast-check';
import { parseLine, request } from '../../src/core/control/control-protocol.ts';
import type { ChannelName } from '../../src/shared/bridge/bridge.ts';
import type { ChatHandlers } from '../../src/shared/bridge/chat-bridge.ts';
import { COMMANDS, createDispatcher } from '../../src/shared/bridge/dispatcher.ts';
import { raise } from '../../src/shared/problems/problem.ts';
import { type Boundary, boundaryOf, expectNamed } from './boundary.ts';
import { anyText } from './generators/bytes.ts';
import { startTarget } from './target-peer.ts';

/** Fields of all commands, with what they may hold and what they may not. */
const field = fc.constantFrom(
  ...[
    'contactId',
    'messageId',
    'id',
    'body',
    'replyTo',
    'before',
    'after',
    'limit',
    'query',
    'seq',
  ],
  ...[
    'policy',
    'name',
    'port',
    'reach',
    'openContract',
    'receipts',
    'typing',
    'paused',
    'identity',
  ],
  ...['draft', 'verified', 'pinned', 'muted', 'on', 'address', 'title', 'count', 'toString'],
);
const value = fc.oneof(
  fc.constantFrom<unknown>(
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    'ab'.repeat(32),
    'accepted',
    'network',
  ),
  fc.constantFrom<unknown>(null, undefined, true, 0, 1, 50, -1, 0.5, 1e300, Number.NaN),
  anyText,
  fc.jsonValue({ maxDepth: 3 }),
);
const input = fc.oneof(fc.dictionary(field, value, { maxKeys: 6 }), value);
const command = fc.tuple(
  fc.oneof(fc.constantFrom<string>(...Object.keys(COMMANDS.chat())), anyText),
  input,
);

/** Commands of a page or a terminal to the real core: an outcome, and each refusal by name. */
export const bridgeCommands: Boundary = {
  name: 'commands of a bridge',
  runs: 400,
  open: async () => {
    const target = await startTarget();
    const unexpected: unknown[] = [];
    const none = async () => raise('unknown-contact');
    // These would call the addresses that are made up here, or end what the others run on.
    const quiet: Partial<ChatHandlers> = {
      connect: none,
      changeAddress: none,
      diagnose: none,
      updateSettings: none,
      setPaused: none,
    };
    const dispatch = createDispatcher({ chat: { ...target.peer.app, ...quiet } }, (error) =>
      unexpected.push(error),
    );
    const attempt = async ([name, given]: readonly [string, unknown]) => {
      const outcome = await dispatch('chat', name, given);
      if (unexpected.length > 0)
        throw new Error('Something failed inside.', { cause: unexpected[0] });
      if (!outcome.ok) {
        if (outcome.problem.code === 'internal') throw new Error('internal');
        expectNamed(outcome.problem.cause);
      }
      for (const channel of ['data', 'host', 'desktop'] satisfies ChannelName[]) {
        for (const schema of Object.values(COMMANDS[channel]())) schema.safeParse(given);
      }
      parseLine(
        request,
        JSON.stringify({ id: 1, do: name, name, input: given, ...asObject(given) }),
      );
      parseLine(request, name);
    };
    return boundaryOf(command, attempt, target.stop);
  },
};

function asObject(given: unknown): object {
  return typeof given === 'object' && given !== null ? given : {};
}
