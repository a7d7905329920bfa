import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { PeerAddress } from '../../shared/address/address.ts';
import type { ConnectStep, Identity } from '../../shared/model/model.ts';
import type { ProblemParams } from '../../shared/problems/problem.ts';
import { said } from '../../shared/problems/problem-reasons.ts';
import type { ReasonParams } from '../../shared/problems/reason.ts';
import type { CallGuard } from './call-guard.ts';

/** The other side of a connection. */
export interface Remote {
  /** Its proven identity; null on an unencrypted connection or without certificate. */
  readonly identity: Identity | null;
  /** Whether the connection is encrypted. */
  readonly secure: boolean;
  /** Its network address, in readable form. */
  readonly remoteHost: string;
}

/** The same where it may call us: over HTTP batch or a WebSocket. */
export interface Caller extends Remote {
  /** Limits the calls that it has open here; calls over the limit wait. */
  readonly meter: CallGuard;
}

/**
 * One live two-way connection that carries Cap'n Web messages, before any session runs on it. The
 * real network makes these from WebSockets, a simulation from queues. Limits on frames are enforced
 * below this seam: whatever `transport.receive` yields is within them.
 */
export interface Channel extends Caller {
  /** Parsed JSON in both directions, so that a frame is parsed once and checked once. */
  readonly transport: RpcTransportWithCustomEncoding;
  readonly remotePort: number;
  /** Sends a WebSocket ping and resolves on its pong; rejects after `timeoutMs` or on close. */
  readonly ping: (timeoutMs: number) => Promise<void>;
  /** Closes with a WebSocket close code (RFC 6455, section 7.4) and a reason for people. */
  readonly close: (code: number, reason: string) => void;
  /** Resolves once, however the channel ends. Never rejects. */
  readonly closed: Promise<ChannelEnd>;
}

export interface ChannelEnd {
  /** WebSocket close code; 1006 when the connection broke without one. */
  readonly code: number;
  readonly reason: string;
}

/** What a dial found at an address. */
export type Dialled =
  | { readonly type: 'channel'; readonly channel: Channel }
  /** HTTP batch only: each call is one request. */
  | { readonly type: 'batch'; readonly batch: BatchEndpoint };

/** The open contract over one `POST /rpc/batch` per call. */
export interface BatchEndpoint {
  /**
   * Calls a method of the root capability, or reads a property when `args` is null. Rejects with a
   * `CallError` that says whether a byte of the call had been sent.
   */
  readonly call: (method: string, args: readonly unknown[] | null) => Promise<unknown>;
}

export interface DialOptions {
  /** Accept only an encrypted peer that proves this identity; anything else is a problem. */
  readonly expectIdentity: Identity | null;
  /** For the sentences of problems: how the user knows this contact. */
  readonly contactName: string;
  /** Called as the attempt passes each step. */
  readonly onStep: (step: ConnectStep) => void;
  /** Aborts the attempt. */
  readonly signal: AbortSignal;
}

/** Dials an address. Rejects with a `ProblemError` that names the layer that failed. */
export type Dial = (address: PeerAddress, options: DialOptions) => Promise<Dialled>;

/** What the server calls in the core. */
export interface InboundHandler {
  /** Whether this caller is served at all; if not, it gets a 403. */
  readonly admits: (caller: Remote) => boolean;
  /**
   * Whether this is a contact, whose connections do not count toward the limit of its address
   * (identities cost nothing). Unless given, every identity is.
   */
  readonly knows?: (identity: Identity) => boolean;
  /** Whether the user chose this contact, whose connections are never evicted. */
  readonly isChosen?: (identity: Identity) => boolean;
  /** The main capability for a caller on HTTP batch. */
  readonly batchMain: (caller: Caller) => object;
  /** Takes over a new inbound channel. */
  readonly onChannel: (channel: Channel) => void;
}

/** A listening server. */
export interface Listener {
  readonly host: string;
  /** The port actually taken. */
  readonly port: number;
  /** Stops listening and closes every connection; resolves when all are closed. */
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Whether to take the next free port when this one is busy (only when the user did not name it). */
  readonly searchPort: boolean;
}

/** Starts a server. Rejects with a `ProblemError` (`port-in-use`, `port-forbidden`, ...). */
export type Listen = (options: ListenOptions, handler: InboundHandler) => Promise<Listener>;

/** A failed call, with what the `unconfirmed` rule needs to know. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /**
   * - `not-sent`: no byte of the call was sent; it may be retried
   * - `unanswered`: it was sent and not answered; only the user may resend it
   * - `rejected`: the other side answered with an error
   */
  readonly outcome: 'not-sent' | 'unanswered' | 'rejected';

  /** Why, for the parameters of a problem. */
  readonly why: ProblemParams;

  /** @param words the message of the other side or a library, or a reason of our own */
  constructor(outcome: CallError['outcome'], words: string | ReasonParams, options?: ErrorOptions) {
    super(typeof words === 'string' ? words : words.reason, options);
    this.outcome = outcome;
    this.why = typeof words === 'string' ? said(words) : words;
  }
}
