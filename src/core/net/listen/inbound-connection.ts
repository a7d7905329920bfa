import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { spkiIdentity } from '../../identity/identity.ts';
import type { Remote } from '../../protocol/channel.ts';
import type { ConnectionQueue } from '../scheduling/connection-queue.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { flowKey } from '../scheduling/flow-key.ts';
import { Task } from '../scheduling/small-jobs.ts';
import { HandshakeBytes } from '../tls/handshake-bytes.ts';
import { PacedSocket } from '../tls/paced-socket.ts';
import { RecordHeads } from '../tls/record-heads.ts';
import { passRecords } from '../tls/record-turns.ts';
import type { Refusal } from './request-guard.ts';

/** Highest cost of one step of a TLS handshake, which takes two (see `Job`). */
const HANDSHAKE_STEP_COST = 500;
/** Cost of one request's objects, garbage collection included. */
const PARSE_COST = 50;
/** Bytes of a body that pass in one step: nothing in it is parsed. */
const BODY_BYTES = 64 * 1024;
/**
 * Cost of parsing a line: a header field, or half the framing of a chunk of a chunked body, which may
 * be as small as one byte.
 */
const LINE_COST = 1;
const CARRIAGE_RETURN = 0x0d;

export interface InboundConnectionDeps {
  readonly limits: Limits;
  readonly scheduler: FairScheduler;
}

/**
 * One inbound connection, until it is upgraded to a WebSocket: its bytes are parsed in small jobs on
 * its caller's flow. Until the caller is authenticated, that is the flow of its address.
 */
export class InboundConnection {
  readonly raw: Socket;
  /** Why no request on it is answered; null when they are. */
  refusal: Refusal | null = null;
  /** Carries its requests; over TLS, once the handshake is complete. */
  #requestStream: PacedSocket;
  readonly #deps: InboundConnectionDeps;
  readonly #host: string;
  #identity: Identity | null = null;
  #secured = false;
  #queue: ConnectionQueue;
  /** Whether a job that feeds the held bytes is queued. */
  #offered = false;
  #reading = true;
  #requests = 0;
  #unanswered = 0;
  /** Bytes that certainly still belong to the last request's body. */
  #body = 0;
  #slice = 0;
  #over = false;

  /** @param host the caller's address in readable form */
  constructor(raw: Socket, host: string, deps: InboundConnectionDeps) {
    this.raw = raw;
    this.#host = host;
    this.#deps = deps;
    this.#queue = this.#newQueue((reading) => this.#setReading(reading));
    this.#requestStream = new PacedSocket(raw, () => this.#onRequestBytes());
    raw.once('close', () => {
      // There is no client left to answer, so the backlog is not worth running.
      this.#queue.clear();
      this.#queue.close();
    });
  }

  /** The peer. In TLS 1.3 the handshake proves that it holds the certificate's key. */
  get remote(): Remote {
    return { identity: this.#identity, secure: this.#secured, remoteHost: this.#host };
  }

  /** The jobs of this connection. */
  get queue(): ConnectionQueue {
    return this.#queue;
  }

  /** Whether no further request on it is answered. */
  get over(): boolean {
    return this.#over;
  }

  /** The stream for the HTTP server. */
  get requests(): PacedSocket {
    return this.#requestStream;
  }

  /**
   * The caller begins with a TLS handshake. Returns the stream for the TLS server; `feeding` wraps
   * each time bytes are fed to OpenSSL.
   */
  expectHandshake(feeding: (feed: () => void) => void): PacedSocket {
    const { greetingBytes, provingBytes } = this.#deps.limits;
    const heads = new RecordHeads();
    const counted = new HandshakeBytes({ open: greetingBytes, sealed: provingBytes }, heads);
    const paced = this.#requestStream;
    const goOn = (): number => {
      this.#offered = false;
      while (!this.#secured && paced.held.length > 0) {
        const count = counted.admit(paced.held);
        if (count === 0) {
          this.raw.destroy();
          break;
        }
        feeding(() => paced.feed(count));
      }
      if (this.#secured)
        passRecords(
          paced,
          heads,
          this.#newQueue(() => {}),
        );
      return HANDSHAKE_STEP_COST;
    };
    paced.hold(() => this.#offer(goOn));
    return paced;
  }

  /** The handshake is complete: requests follow. Returns the stream that carries them. */
  secured(socket: TLSSocket): PacedSocket {
    const certificate = socket.getPeerX509Certificate();
    this.#identity = certificate === undefined ? null : spkiIdentity(certificate.raw);
    this.#secured = true;
    this.#queue.clear();
    this.#queue.close();
    this.#queue = this.#newQueue((reading) => this.#setReading(reading));
    this.#offered = false;
    this.#requestStream = new PacedSocket(socket, () => this.#onRequestBytes());
    return this.#requestStream;
  }

  /**
   * A request has begun. Call what it returns when the response has been sent, or never will be.
   *
   * @param length the request's `Content-Length`, if any
   */
  begin(length: string | undefined): () => void {
    // Part of it may be in the slice that is being parsed.
    this.#body = Math.max(0, (Number(length) || 0) - this.#slice);
    // A request was refused before this one: nothing further is parsed.
    if (this.#over) this.#requestStream.drain();
    this.#requests += 1;
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= 1;
      this.#onRequestBytes();
    };
  }

  /** Answers no further requests: those behind the refused one are dropped. */
  end(): void {
    this.#over = true;
  }

  /** The bytes are not HTTP: nothing further is parsed either. */
  drain(): void {
    this.#over = true;
    this.#requestStream.drain();
  }

  /** Hands the connection over to an owner that opens its own queue. */
  leave(): { readonly socket: Socket; readonly held: Buffer } {
    this.#queue.clear();
    this.#queue.close();
    return this.#requestStream.detach();
  }

  #newQueue(setReading: (reading: boolean) => void): ConnectionQueue {
    return this.#deps.scheduler.openQueue(flowKey(this.#host), this.#identity, setReading);
  }

  #setReading(reading: boolean): void {
    this.#reading = reading;
    if (reading) this.#onRequestBytes();
  }

  #onRequestBytes(): void {
    const { limits } = this.#deps;
    const may = this.#reading && this.#unanswered <= limits.unansweredRequests;
    if (!may || this.#requestStream.held.length === 0 || !this.#requestStream.hungry) return;
    this.#offer(() => {
      this.#offered = false;
      const before = this.#requests;
      this.#slice = Math.max(limits.requestSliceBytes, Math.min(this.#body, BODY_BYTES));
      this.#slice = Math.min(this.#slice, this.#requestStream.held.length);
      // A body with a Content-Length is not parsed.
      const parsed = this.#requestStream.held.subarray(
        Math.min(this.#body, this.#slice),
        this.#slice,
      );
      const lines = linesIn(parsed);
      this.#body = Math.max(0, this.#body - this.#slice);
      this.#requestStream.feed(this.#slice);
      this.#onRequestBytes();
      return 1 + PARSE_COST * (this.#requests - before) + LINE_COST * lines;
    });
  }

  #offer(task: () => number): void {
    if (this.#offered) return;
    this.#offered = true;
    this.#queue.offer(new Task(task));
  }
}

/** Counts carriage returns, one per line of HTTP (any others are counted too). */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at >= 0; lines += 1) {
    at = bytes.indexOf(CARRIAGE_RETURN, at + 1);
  }
  return lines;
}
