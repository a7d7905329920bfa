import { RpcTarget } from 'capnweb';
import type { MessageId } from '../../shared/model/model.ts';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import type { CallGuard, CallTraits } from './call-guard.ts';
import {
  claimedSchema,
  type Delivered,
  type Envelope,
  envelopeSchema,
  envelopesSchema,
  type LinkApi,
  messageIdSchema,
} from './contract.ts';
import { bodyLength, InOrderReceiver, type RawEnvelope } from './in-order-receiver.ts';

/** Made once: making a schema takes longer than using it. */
const predecessorSchema = messageIdSchema.nullish();

/** The handlers of an authenticated contact's calls. */
export interface LinkHandlers {
  /**
   * Stores new messages; resolves when all accepted envelopes are as durable as the store makes
   * them.
   */
  readonly deliver: (envelopes: readonly Envelope[]) => Promise<Delivered>;
  /** The contact's user has seen our messages up to this one. */
  readonly read: (upTo: MessageId) => Promise<void>;
  readonly typing: () => void;
  /** The contact reports that we are linked to it from another place too. */
  readonly elsewhere: () => void;
  /** The contact announces its addresses. */
  readonly addresses: (addresses: readonly string[]) => Promise<void>;
  /** The contact now accepts what it had deferred. */
  readonly ready: () => void;
}

/**
 * The capability that a contact holds: having it is the permission, there is no token to check.
 * Remotely callable, so every argument is unknown until validated.
 */
export class LinkCapability extends RpcTarget implements LinkApi {
  readonly #handlers: LinkHandlers;
  readonly #guard: CallGuard;
  readonly #receiver = new InOrderReceiver((batch) => this.#deliver(batch));

  constructor(handlers: LinkHandlers, guard: CallGuard) {
    super();
    this.#handlers = handlers;
    this.#guard = guard;
  }

  /**
   * Delivers a batch of envelopes, in the sender's order. The answer is the acknowledgement. With
   * `after`, the last message of the previous batch, it is accepted only if that message was.
   */
  deliver(envelopes: unknown, after?: unknown): Promise<Delivered> {
    return this.#guard(() => {
      const parsed = envelopesSchema.safeParse(envelopes);
      if (!parsed.success) throw badArguments('deliver takes a list of 1 to 64 envelopes');
      const before = predecessorSchema.safeParse(after);
      if (!before.success) throw badArguments('deliver comes after the id of a message');
      return this.#receiver.receive(parsed.data, before.data ?? null);
    }, storing(envelopes));
  }

  /** An invalid envelope must not block the others, or they would be sent again for ever. */
  async #deliver(given: readonly RawEnvelope[]): Promise<Delivered> {
    const envelopes: Envelope[] = [];
    const refused: { id: MessageId; reason: string }[] = [];
    for (const one of given) {
      const { data } = envelopeSchema.safeParse(one);
      if (data) envelopes.push(data);
      else refused.push({ id: one.id, reason: NOT_AN_ENVELOPE });
    }
    if (envelopes.length === 0) return { accepted: [], refused };
    const answer = await this.#handlers.deliver(envelopes);
    return { ...answer, refused: [...answer.refused, ...refused] };
  }

  /** A receipt: everything up to and including this message of ours has been read. */
  read(upTo: unknown): Promise<null> {
    return this.#guard(async () => {
      const parsed = messageIdSchema.safeParse(upTo);
      if (!parsed.success) throw badArguments('read takes the id of a message');
      await this.#handlers.read(parsed.data);
      return null;
    });
  }

  /** The contact is typing, now. */
  typing(): Promise<null> {
    return this.#guard(async () => {
      this.#handlers.typing();
      return null;
    });
  }

  /** The contact's current addresses, which replace those announced before. */
  addresses(addresses: unknown): Promise<null> {
    return this.#guard(async () => {
      const parsed = claimedSchema.safeParse(addresses);
      if (!parsed.success) throw badArguments('addresses takes a list of up to 8 addresses');
      await this.#handlers.addresses(parsed.data);
      return null;
    });
  }

  /** What `deliver` answered with `later` may be delivered now. */
  ready(): Promise<null> {
    return this.#guard(async () => {
      this.#handlers.ready();
      return null;
    });
  }

  /** The caller has a live link with another process of ours: this profile is in two places. */
  elsewhere(): Promise<null> {
    return this.#guard(async () => {
      this.#handlers.elsewhere();
      return null;
    });
  }

  /** Shows that the session processes calls, not only that the socket is open. */
  ping(): Promise<string> {
    return this.#guard(async () => 'pong');
  }
}

/** Cost of storing the bodies; the arguments are not validated yet. */
function storing(envelopes: unknown): CallTraits {
  return { effect: 'write', bytes: Array.isArray(envelopes) ? bodyLength(envelopes) : 0 };
}

/** Why an envelope with an id, but otherwise invalid, is refused. */
const NOT_AN_ENVELOPE = 'The message was not understood.';

export function badArguments(reason: string): ProblemError {
  return new ProblemError(problem('bad-input', { reason }));
}
