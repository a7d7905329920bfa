import type { RpcStub, RpcTarget } from 'capnweb';
import { z } from 'zod';
import type { MessageId } from '../../shared/model/model.ts';
import { idSchema, portSchema, timeSchema } from '../../shared/model/schemas.ts';
import { MAX_TIME } from '../../shared/model/time.ts';

/** The answer of the open contract's `get_stats`. */
export interface Stats {
  readonly name: string;
  readonly messages_received: number;
}

/** Version of the Parley contract. A newer minor feature is a new optional field, not a number. */
export const PROTOCOL = 1;

/** What two Parley peers exchange when a link is established. */
export const helloSchema = z.object({
  protocol: z.literal(PROTOCOL),
  name: z.string().max(4_096),
  /** The sender's listening port; null when it cannot be dialled. */
  port: portSchema.nullable(),
  /** Random id of the sender's process, new at each start; ignored by peers that do not know it. */
  instance: z.string().max(64).optional().catch(undefined),
  /** In an answer: the sender's user has not accepted the caller (yet). */
  waiting: z.boolean().optional().catch(undefined),
});
export type Hello = z.infer<typeof helloSchema>;

/** Envelopes in one `deliver` call. */
export const MAX_ENVELOPES = 64;

/** UUIDv7 assigned by the sender: the same id twice is the same message. */
export const messageIdSchema = idSchema;

export const envelopeSchema = z.object({
  id: messageIdSchema,
  body: z.string(),
  /** The message that this one answers, if any. */
  replyTo: messageIdSchema.optional(),
  /** The sender's clock, Unix milliseconds. */
  sentAt: timeSchema,
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** The argument of `deliver`; each envelope is validated by itself. */
export const envelopesSchema = z
  .array(z.looseObject({ id: messageIdSchema }))
  .min(1)
  .max(MAX_ENVELOPES);

export const deliveredSchema = z.object({
  /** Ids now on the receiver's disk, including those it already had. */
  accepted: z.array(z.string()).max(MAX_ENVELOPES),
  /**
   * Ids it does not accept yet (its user has not accepted the sender); it sends `ready` when it
   * does.
   */
  later: z.array(z.string()).max(MAX_ENVELOPES).optional(),
  /** Why it defers them, if it gives a reason; older peers ignore it. */
  why: z.literal('storage').optional().catch(undefined),
  /** Ids it will never accept, with the reason for the sender's user. */
  refused: z.array(z.object({ id: z.string(), reason: z.string().max(1_000) })).max(MAX_ENVELOPES),
});
export type Delivered = z.infer<typeof deliveredSchema>;

/** Addresses that one side may announce to the other. */
export const MAX_CLAIMED = 8;

/** The argument of `addresses`: `host:port`, each validated by itself. */
export const claimedSchema = z.array(z.string().max(100)).max(MAX_CLAIMED);

/** The answer of `dialBack`. It reveals nothing more about a network. */
export const dialBackSchema = z.object({
  reachable: z.boolean(),
  /** Why not: nothing listens there, a timeout, or another identity than the caller answered. */
  problemCode: z.enum(['refused', 'timed-out', 'identity-changed']).nullable(),
});
export type DialBackAnswer = z.infer<typeof dialBackSchema>;

/** The answer of `clock`, Unix milliseconds. */
export const clockSchema = z.number().min(0).max(MAX_TIME);

/** A link: the capability that each side gives the other once both are authenticated. */
export interface LinkApi extends RpcTarget {
  /**
   * Delivers a batch of envelopes, in the sender's order. The answer is the acknowledgement. With
   * `after`, the last message of the previous batch, it is accepted only if that message was.
   */
  deliver(envelopes: readonly Envelope[], after?: MessageId | null): Promise<Delivered>;
  /** A receipt: everything up to and including this message of the receiver's has been read. */
  read(upTo: MessageId): Promise<null>;
  /** The caller's user is typing, now. */
  typing(): Promise<null>;
  /** The caller's current addresses, which replace those announced before. */
  addresses(addresses: readonly string[]): Promise<null>;
  /** What `deliver` answered with `later` may be delivered now. */
  ready(): Promise<null>;
  /** The caller has a live link with another process of this profile: it is in two places. */
  elsewhere(): Promise<null>;
  /** Shows that the session processes calls, not only that the socket is open. */
  ping(): Promise<string>;
}

/** The answer of `link`: the other side's hello and its capability for us. */
export interface LinkAnswer {
  readonly hello: Hello;
  readonly link: LinkApi;
}

/** Our end's view of the other side's link. */
export type RemoteLink = RpcStub<LinkApi>;

/** The capability for an authenticated caller, beside the open contract. */
export interface ParleyApi extends RpcTarget {
  /** Exchanges the two capabilities: the caller passes its own link and gets ours. */
  link(hello: Hello, callerLink: LinkApi): Promise<LinkAnswer>;
  /** The version of the Parley contract, without establishing a link. */
  readonly protocol: number;
  /** Its clock, Unix milliseconds, so that the caller can determine the skew. */
  clock(): Promise<number>;
  /** Dials the caller at `port` of the host it calls from, to test whether others can reach it. */
  dialBack(port: number): Promise<DialBackAnswer>;
}
