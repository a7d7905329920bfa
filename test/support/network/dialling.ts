import { RpcSession } from 'capnweb';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { createDial } from '../../../src/core/net/dial/dial.ts';
import type { DialDeps } from '../../../src/core/net/dial/dial-context.ts';
import type { Channel, Dialled, DialOptions } from '../../../src/core/protocol/channel.ts';
import type { PeerAddress } from '../../../src/shared/address/address.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import type { ConnectStep } from '../../../src/shared/model/model.ts';
import { type Problem, problemOf } from '../../../src/shared/problems/problem.ts';

export interface DialResult {
  readonly dialled: Promise<Dialled>;
  readonly steps: readonly ConnectStep[];
}

/** Dials 127.0.0.1 (or `at`) with real sockets and the defaults of a released copy. */
export function dialTest(
  at: Pick<PeerAddress, 'port'> & Partial<PeerAddress>,
  options: Partial<DialOptions> = {},
  deps: Partial<DialDeps> = {},
): DialResult {
  const steps: ConnectStep[] = [];
  const dial = createDial({ world: systemWorld, limits: DEFAULT_LIMITS, tls: null, ...deps });
  const address: PeerAddress = { scheme: 'auto', host: '127.0.0.1', ...at };
  const dialled = dial(address, {
    expectIdentity: null,
    contactName: 'Bob',
    signal: new AbortController().signal,
    onStep: (step) => steps.push(step),
    ...options,
  });
  return { dialled, steps };
}

/** The problem that an attempt ends with. Fails the test if it succeeds. */
export async function problemFrom(attempt: Promise<unknown>): Promise<Problem> {
  try {
    await attempt;
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('The attempt succeeded.');
}

/** The channel of an attempt. Fails the test if it found something else. */
export async function channelFrom({ dialled }: DialResult): Promise<Channel> {
  const result = await dialled;
  if (result.type !== 'channel') throw new Error(`Found ${result.type}, not a channel.`);
  return result.channel;
}

/** Calls a method of the open contract over a channel, as the core does. */
export async function callOver(
  channel: Channel,
  method: string,
  ...args: readonly unknown[]
): Promise<unknown> {
  const main = new RpcSession(channel.transport).getRemoteMain() as unknown as Record<
    string,
    (...args: readonly unknown[]) => Promise<unknown>
  >;
  return main[method]?.(...args);
}
