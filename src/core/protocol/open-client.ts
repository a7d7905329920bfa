import { formatAddress, type PeerAddress } from '../../shared/address/address.ts';
import type { Identity } from '../../shared/model/model.ts';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import { CallError, type Channel, type Dial } from './channel.ts';
import type { LiveLink } from './live-link.ts';
import { type OpenCalls, openCalls } from './open-calls.ts';
import { HEARTBEAT, Session } from './session.ts';

/** A client of the open contract at one address. Calls reject with a `ProblemError`. */
export interface OpenClient extends OpenCalls {
  /** `parley`: over an encrypted channel to an authenticated peer. */
  readonly transport: 'parley' | 'websocket' | 'batch';
  readonly close: () => void;
}

export interface OpenClientDeps {
  readonly world: World;
  readonly dial: Dial;
  /** The root capability that the other side may call on this channel. */
  readonly rootFor: (channel: Channel) => object | undefined;
}

/**
 * Dials an address and calls the open contract of whatever answers: over TLS at a Parley peer, over
 * a plain WebSocket, or by HTTP batch. Rejects with a `ProblemError`.
 */
export async function openClient(
  deps: OpenClientDeps,
  address: PeerAddress,
  options: { readonly expectIdentity: Identity | null; readonly signal?: AbortSignal | undefined },
): Promise<OpenClient> {
  const dialled = await deps.dial(address, {
    expectIdentity: options.expectIdentity,
    contactName: formatAddress(address),
    onStep: () => {},
    signal: options.signal ?? new AbortController().signal,
  });
  const live: LiveLink =
    dialled.type === 'batch'
      ? { transport: 'batch', batch: dialled.batch }
      : {
          transport: 'websocket',
          session: new Session(
            dialled.channel,
            deps.rootFor(dialled.channel),
            deps.world,
            HEARTBEAT,
          ),
        };
  const calls = openCalls(live, deps.world);
  const secure = dialled.type === 'channel' && dialled.channel.identity !== null;
  const explained = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw explain(error, address);
    }
  };
  return {
    transport: secure ? 'parley' : live.transport,
    greet: () => explained(calls.greet()),
    chat: (message) => explained(calls.chat(message)),
    getStats: () => explained(calls.getStats()),
    name: () => explained(calls.name()),
    close: () => {
      if (live.transport !== 'batch') live.session.close();
    },
  };
}

function explain(error: unknown, { host, port }: PeerAddress): unknown {
  if (!(error instanceof CallError)) return error;
  const because = { cause: error };
  switch (error.outcome) {
    case 'rejected':
      return new ProblemError(problem('call-failed', error.why), because);
    case 'unanswered':
      return new ProblemError(problem('no-answer'), because);
    case 'not-sent':
      // The dialler gives the reason of a failed connection; a session that ended before gives
      // none.
      if (error.cause instanceof ProblemError) return error.cause;
      return new ProblemError(problem('refused', { host, port }), because);
  }
}
