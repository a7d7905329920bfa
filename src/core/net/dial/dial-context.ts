import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import type { World } from '../../base/world.ts';
import type { DialOptions } from '../../protocol/channel.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import type { Lookup } from './connect-tcp.ts';
import type { TlsCredentials } from './connect-tls.ts';
import type { Target } from './dial-problems.ts';

/** Timeouts of the steps of a dial, milliseconds. */
export interface DialTimeouts {
  readonly find: number;
  readonly reach: number;
  /** How long one network address is tried alone before the next is tried beside it. */
  readonly stagger: number;
  /** How long the other side may stay silent after our ClientHello. */
  readonly silence: number;
  readonly secure: number;
  readonly recognise: number;
  /** From the connection to the end of the answer of one HTTP batch. */
  readonly answer: number;
}

export const DEFAULT_TIMEOUTS: DialTimeouts = {
  find: 10_000,
  reach: 10_000,
  stagger: 250,
  silence: 4_000,
  secure: 10_000,
  recognise: 10_000,
  answer: 20_000,
};

export interface DialDeps {
  readonly world: World;
  readonly limits: Limits;
  /**
   * Shares the event loop between callers, also on channels that we dialled; its own unless given.
   */
  readonly scheduler?: FairScheduler;
  /** Presented on encrypted connections; null dials unauthenticated. */
  readonly tls: TlsCredentials | null;
  readonly timeouts?: Partial<DialTimeouts>;
  readonly lookup?: Lookup;
}

/** The dependencies with their defaults filled in. */
export type DialContext = Required<DialDeps> & { readonly timeouts: DialTimeouts };

/** One call of `Dial`. */
export interface Attempt extends Target {
  readonly expectIdentity: Identity | null;
  readonly signal: AbortSignal;
  readonly onStep: DialOptions['onStep'];
}
