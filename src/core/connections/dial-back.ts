import type { PeerAddress } from '../../shared/address/address.ts';
import type { Identity } from '../../shared/model/model.ts';
import {
  type ProblemCode,
  ProblemError,
  problem,
  problemOf,
  raise,
} from '../../shared/problems/problem.ts';
import { within } from '../base/timeout.ts';
import { TokenBucket } from '../base/token-bucket.ts';
import type { World } from '../base/world.ts';
import type { Dial } from '../protocol/channel.ts';
import type { DialBackAnswer } from '../protocol/contract.ts';
import { CLOSE } from '../protocol/session.ts';

/** Total timeout of one dial-back, milliseconds. */
const DIAL_BACK_TIMEOUT = 10_000;

/** Limits per caller: one at a time, and this many a minute. */
const PER_CALLER = 3;
/** Limits over all callers: so many at a time, and so many a minute. */
const AT_ONCE = 4;
const PER_MINUTE = 30;

export interface DialBackDeps {
  readonly world: World;
  readonly dial: Dial;
  /** Fires when this peer stops. */
  readonly signal: AbortSignal;
}

/** The caller as authenticated by the channel, never by its own claims. */
export interface DialBackCaller {
  readonly identity: Identity;
  readonly host: string;
}

/**
 * Dials peers back on request, so that they learn whether others can reach them. It dials only the
 * host that the request came from, expects the identity that the request was authenticated with,
 * and reports one of four outcomes only: it cannot be used to scan a network.
 */
export class DialBack {
  readonly #deps: DialBackDeps;
  readonly #bucket: TokenBucket;
  #underWay = 0;

  constructor(deps: DialBackDeps) {
    this.#deps = deps;
    this.#bucket = perMinute(PER_MINUTE, deps.world);
  }

  /** The dial-back for one caller. Rejects with `over-limit` above its rate. */
  forCaller(caller: DialBackCaller): (port: number) => Promise<DialBackAnswer> {
    const bucket = perMinute(PER_CALLER, this.#deps.world);
    let busy = false;
    return async (port) => {
      if (busy || this.#underWay >= AT_ONCE) raise('over-limit', { what: 'calls back' });
      if (!bucket.take(1) || !this.#bucket.take(1)) raise('over-limit', { what: 'calls back' });
      busy = true;
      this.#underWay += 1;
      try {
        return await this.#dial(caller, port);
      } finally {
        busy = false;
        this.#underWay -= 1;
      }
    };
  }

  async #dial({ identity, host }: DialBackCaller, port: number): Promise<DialBackAnswer> {
    const { world, dial, signal } = this.#deps;
    const address: PeerAddress = { scheme: 'secure', host, port };
    const late = () => new ProblemError(problem('timed-out', { host, port }));
    try {
      await within(world, DIAL_BACK_TIMEOUT, signal, late, async (inner) => {
        const dialled = await dial(address, {
          expectIdentity: identity,
          contactName: host,
          onStep: () => {},
          signal: inner,
        });
        if (dialled.type === 'channel') dialled.channel.close(CLOSE.normal, 'reached');
      });
      return { reachable: true, problemCode: null };
    } catch (error) {
      return { reachable: false, problemCode: outcomeOf(problemOf(error).code) };
    }
  }
}

function perMinute(count: number, { uptime }: Pick<World, 'uptime'>): TokenBucket {
  return new TokenBucket(count / 60, count, uptime);
}

type Outcome = NonNullable<DialBackAnswer['problemCode']>;

const OUTCOMES: ReadonlyMap<ProblemCode, Outcome> = new Map([
  ['refused', 'refused'],
  ['peer-busy', 'refused'],
  ['connection-lost', 'refused'],
  ['identity-changed', 'identity-changed'],
  ['plain-refused', 'identity-changed'],
  ['secure-failed', 'identity-changed'],
  ['not-a-peer', 'identity-changed'],
  ['call-refused', 'identity-changed'],
]);

function outcomeOf(code: ProblemCode): Outcome {
  return OUTCOMES.get(code) ?? 'timed-out';
}
