import { RpcTarget } from 'capnweb';
import { ProblemError, problem } from '../shared/problem.ts';
import type { CallGuard } from './call-guard.ts';
import { type Delivered, type Envelope, envelopesSchema } from './contract.ts';

/** What a contact may do with us, once its identity is proven. */
export interface LinkHandlers {
  /** Stores what is new; resolves when all accepted envelopes are as durable as the store makes them. */
  readonly deliver: (envelopes: readonly Envelope[]) => Promise<Delivered>;
}

/**
 * The capability that a contact holds: having it is the permission, there is no token to check.
 * Remotely callable, so every argument is unknown until parsed.
 */
export class LinkTarget extends RpcTarget {
  readonly #handlers: LinkHandlers;
  readonly #guard: CallGuard;

  constructor(handlers: LinkHandlers, guard: CallGuard) {
    super();
    this.#handlers = handlers;
    this.#guard = guard;
  }

  /** Takes a batch of envelopes, in the sender's order. The answer is the acknowledgement. */
  deliver(envelopes: unknown): Promise<Delivered> {
    return this.#guard(() => {
      const parsed = envelopesSchema.safeParse(envelopes);
      if (!parsed.success) throw badArguments('deliver takes a list of 1 to 64 envelopes');
      return this.#handlers.deliver(parsed.data);
    });
  }

  /** Shows that the session carries calls, not only that the socket is open. */
  ping(): Promise<string> {
    return this.#guard(async () => 'pong');
  }
}

export function badArguments(reason: string): ProblemError {
  return new ProblemError(problem('bad-input', { reason }));
}
