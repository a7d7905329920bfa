import { type Calls, type Channel, callsOver } from './channel.ts';
import type { ChatCommands } from './chat-bridge.ts';
import type { DataCommands } from './data-bridge.ts';
import type { DesktopCommands, DesktopEvent } from './desktop-bridge.ts';
import type { Batch, PeerEvent } from './events.ts';
import type { HostCommands, HostEvent } from './host-bridge.ts';
import type { Outcome, Unsubscribe } from './outcome.ts';

/**
 * The one interface between a page and what is around it, by channel. Each command takes one object
 * and answers one value; a failure is a `Problem`.
 * - `chat`: the core
 * - `data`: the profile's data as a whole
 * - `host`: the process around the core, and the user's desktop as far as each host has it
 * - `desktop`: what only Electron offers; absent in a browser
 */
export interface Bridge {
  readonly chat: Channel<ChatCommands, PeerEvent>;
  readonly data: Calls<DataCommands>;
  readonly host: Channel<HostCommands, HostEvent>;
  readonly desktop?: Channel<DesktopCommands, DesktopEvent> | undefined;
  /** Calls `listener` once when the host has gone; absent where the page cannot outlive it. */
  readonly onLost?: ((listener: () => void) => Unsubscribe) | undefined;
}

export type ChannelName = 'chat' | 'data' | 'host' | 'desktop';

/** What carries a bridge from one process to another. */
export interface Transport {
  /** Those that the other side offers. */
  readonly channels: readonly ChannelName[];
  readonly call: (channel: ChannelName, name: string, input: unknown) => Promise<Outcome<unknown>>;
  readonly subscribe: (
    channel: ChannelName,
    afterSeq: number,
    listener: (batch: Batch<unknown>) => void,
  ) => Unsubscribe;
  readonly onLost?: Bridge['onLost'];
}

/** The bridge whose other end is at the other side of a transport. */
export function bridgeOver(transport: Transport): Bridge {
  const { channels, onLost } = transport;
  return {
    chat: channelOver(transport, 'chat'),
    data: channelOver(transport, 'data'),
    host: channelOver(transport, 'host'),
    ...(channels.includes('desktop') && { desktop: channelOver(transport, 'desktop') }),
    ...(onLost && { onLost }),
  };
}

/** The commands and events of a channel, over a transport. */
export function channelOver<Name extends ChannelName>(
  { call, subscribe }: Transport,
  channel: Name,
): NonNullable<Bridge[Name]> {
  const calls = callsOver((name, input) => call(channel, name, input), {
    subscribe: (afterSeq: number, listener: (batch: Batch<unknown>) => void) =>
      subscribe(channel, afterSeq, listener),
  });
  return calls as unknown as NonNullable<Bridge[Name]>;
}
