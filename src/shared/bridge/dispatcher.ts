import type { z } from 'zod';
import { ProblemError, problemOf, raise } from '../problems/problem.ts';
import { reason } from '../problems/problem-reasons.ts';
import type { ChannelName } from './bridge.ts';
import type { Handlers, Source } from './channel.ts';
import type { ChatHandlers } from './chat-bridge.ts';
import { makeChatSchemas } from './chat-schemas.ts';
import { type DataCommands, dataSchemas } from './data-bridge.ts';
import type { DesktopCommands, DesktopEvent } from './desktop-bridge.ts';
import { desktopSchemas } from './desktop-schemas.ts';
import type { PeerEvent } from './events.ts';
import { type HostCommands, type HostEvent, hostSchemas } from './host-bridge.ts';
import type { Outcome } from './outcome.ts';

/** What a process offers of each channel; all that is not here is refused. */
export interface Offer {
  readonly chat?: ChatHandlers;
  readonly data?: Handlers<DataCommands>;
  readonly host?: Partial<Handlers<HostCommands>>;
  readonly desktop?: Handlers<DesktopCommands>;
}

/** Where the events of each channel come from. */
export interface Sources {
  readonly chat?: Source<PeerEvent>;
  readonly data?: undefined;
  readonly host?: Source<HostEvent>;
  readonly desktop?: Source<DesktopEvent>;
}

export type Dispatch = (
  channel: unknown,
  name: unknown,
  input: unknown,
) => Promise<Outcome<unknown>>;

/** The longest explanation of a refused input, in UTF-16 units. */
const MAX_REASON = 200;

type AnySchemas = Readonly<Record<string, z.ZodType>>;

let chatSchemas: AnySchemas | null = null;

/** The one table: every command of each channel, and what it takes. */
export const COMMANDS: Readonly<Record<ChannelName, () => AnySchemas>> = {
  // Made when it is first asked for: making it is felt in a start.
  chat: () => {
    chatSchemas ??= { ...makeChatSchemas() };
    return chatSchemas;
  },
  data: () => ({ ...dataSchemas }),
  host: () => ({ ...hostSchemas }),
  desktop: () => ({ ...desktopSchemas }),
};

/**
 * The answering end of a bridge: takes channel, name and input as they came, calls the handler, and
 * turns every outcome into plain data. Never throws.
 */
export function createDispatcher(offer: Offer, onUnexpected: (error: unknown) => void): Dispatch {
  const run = (channel: unknown, name: unknown, input: unknown): unknown => {
    if (!isChannel(channel) || typeof name !== 'string') raise('bad-input', UNKNOWN);
    const schemas = COMMANDS[channel]();
    const handlers = offer[channel] as Readonly<Record<string, (input: unknown) => unknown>>;
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    const handler = schema && handlers?.[name];
    if (handler === undefined) raise('bad-input', UNKNOWN);
    const parsed = schema?.safeParse(input);
    if (parsed?.success) return handler(parsed.data);
    const issue = parsed?.error.issues[0];
    // The caller's own words may be in both, of any length.
    const field = (issue?.path.join('.') ?? '').slice(0, MAX_REASON);
    const detail = (issue?.message ?? 'invalid').slice(0, MAX_REASON - field.length);
    raise('bad-input', reason('command-input', { command: name, field, detail }));
  };
  return async (channel, name, input) => {
    try {
      return { ok: true, value: await run(channel, name, input) };
    } catch (error) {
      if (!(error instanceof ProblemError)) onUnexpected(error);
      return { ok: false, problem: problemOf(error) };
    }
  };
}

const UNKNOWN = reason('command-unknown');

function isChannel(value: unknown): value is ChannelName {
  return typeof value === 'string' && Object.hasOwn(COMMANDS, value);
}

/** Where the events of a channel come from, whatever they are. */
export function sourceOf(sources: Sources, channel: unknown): Source<unknown> | undefined {
  return isChannel(channel) ? (sources[channel] as Source<unknown> | undefined) : undefined;
}
