import { RpcStub, RpcTarget } from 'capnweb';
import type { Limits } from '../../shared/model/limits.ts';
import { portSchema } from '../../shared/model/schemas.ts';
import { messageProblem } from '../../shared/model/text.ts';
import { ProblemError } from '../../shared/problems/problem.ts';
import type { CallGuard, CallTraits } from './call-guard.ts';
import {
  type DialBackAnswer,
  type Hello,
  helloSchema,
  type LinkAnswer,
  type ParleyApi,
  PROTOCOL,
  type RemoteLink,
  type Stats,
} from './contract.ts';
import { greetingOf } from './greeting.ts';
import { badArguments } from './link-capability.ts';

const NETWORK: CallTraits = { waitsFor: 'network' };

/** A text by this caller is to be stored. */
function storing(text: unknown): CallTraits {
  return { effect: 'write', bytes: typeof text === 'string' ? text.length : 0 };
}

/** What the open contract needs of the core. */
export interface OpenHandlers {
  readonly name: () => string;
  /** Stores a message by this caller; resolves with how many messages we have received, ever. */
  readonly received: (body: string) => Promise<number>;
  readonly receivedCount: () => Promise<number>;
}

/**
 * Capability 0 of the open contract: `greet`, `chat`, `get_stats` and the property `name`, as any
 * Cap'n Web peer in any language expects them. The method names and answers are fixed for good.
 */
export class OpenCapability extends RpcTarget {
  readonly #handlers: OpenHandlers;
  readonly #limits: Limits;
  readonly #guard: CallGuard;

  constructor(handlers: OpenHandlers, limits: Limits, guard: CallGuard) {
    super();
    this.#handlers = handlers;
    this.#limits = limits;
    this.#guard = guard;
  }

  get name(): string {
    return this.#handlers.name();
  }

  greet(): Promise<string> {
    return this.#guard(async () => greetingOf(this.#handlers.name()));
  }

  chat(message: unknown): Promise<string> {
    return this.#guard(async () => {
      if (typeof message !== 'string') throw badArguments('chat takes one text');
      const refusal = messageProblem(message, this.#limits);
      if (refusal) throw new ProblemError(refusal);
      const count = await this.#handlers.received(message);
      return `${this.#handlers.name()} says: Thanks for the message #${count}!`;
    }, storing(message));
  }

  get_stats(): Promise<Stats> {
    return this.#guard(
      async () => ({
        name: this.#handlers.name(),
        messages_received: await this.#handlers.receivedCount(),
      }),
      { effect: 'read' },
    );
  }
}

/** What the Parley contract needs of the core, for one authenticated caller. */
export interface ParleyHandlers extends OpenHandlers {
  /** Receives the caller's hello and link; resolves with ours. */
  readonly link: (hello: Hello, remote: RemoteLink) => Promise<LinkAnswer>;
  /** Our clock, Unix milliseconds. */
  readonly clock: () => Promise<number>;
  /** Dials the caller back: on its own host, expecting its own identity. */
  readonly dialBack: (port: number) => Promise<DialBackAnswer>;
}

/** Capability 0 for a caller whose identity the channel has proven. */
export class ParleyCapability extends OpenCapability implements ParleyApi {
  readonly #parley: ParleyHandlers;
  readonly #guard: CallGuard;

  constructor(handlers: ParleyHandlers, limits: Limits, guard: CallGuard) {
    super(handlers, limits, guard);
    this.#parley = handlers;
    this.#guard = guard;
  }

  /** Exchanges the two capabilities: the caller passes its own link and gets ours. */
  link(hello: unknown, callerLink: unknown): Promise<LinkAnswer> {
    return this.#guard(async () => {
      const parsed = helloSchema.safeParse(hello);
      if (!parsed.success) throw badArguments('link takes a hello of protocol 1');
      if (!(callerLink instanceof RpcStub)) throw badArguments("link takes the caller's link");
      // The stub belongs to this call's arguments; our copy must outlive the call.
      const remote = (callerLink as RemoteLink).dup();
      try {
        return await this.#parley.link(parsed.data, remote);
      } catch (error) {
        remote[Symbol.dispose]();
        throw error;
      }
    });
  }
  /** Our version of the Parley contract, without establishing a link. */
  get protocol(): number {
    return PROTOCOL;
  }

  /** Our clock, so that the caller can determine the skew. Leaves no trace. */
  clock(): Promise<number> {
    return this.#guard(() => this.#parley.clock());
  }

  /** Dials the caller at `port` of the host it calls from, to test whether others can reach it. */
  dialBack(port: unknown): Promise<DialBackAnswer> {
    return this.#guard(() => {
      const parsed = portSchema.safeParse(port);
      if (!parsed.success) throw badArguments('dialBack takes a port from 1 to 65535');
      return this.#parley.dialBack(parsed.data);
    }, NETWORK);
  }
}
