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
const HANDSHAKE_PIECE = 500;
/** What parsing one request costs: its objects, and their end. */
const PARSE = 50;
/** Bytes of a body that pass at once: nothing in it is parsed. */
const BODY_BYTES = 64 * 1024;
/**
 * What parsing a line costs: a field of a head, or half of what frames a piece of a chunked body,
 * which its sender may make as small as one byte.
 */
const LINE = 1;
const CARRIAGE_RETURN = 0x0d;

export interface InboundDeps {
  readonly limits: Limits;
  readonly scheduler: FairScheduler;
}

/**
 * One inbound connection, until it is upgraded to a WebSocket: its bytes are parsed in small jobs on
 * its caller's flow. Until the caller is authenticated, that is the flow of its address.
 */
export class Inbound {
  readonly raw: Socket;
  /** Why no request on it is answered; null when they are. */
  refusal: Refusal | null = null;
  /** On which its requests come; over TLS, once the handshake is done. */
  #requestStream: PacedSocket;
  readonly #deps: InboundDeps;
  readonly #host: string;
  #identity: Identity | null = null;
  #secured = false;
  #queue: ConnectionQueue;
  /** Whether a job that feeds the held bytes is queued. */
  #offered = false;
  #reading = true;
  #requests = 0;
  #unanswered = 0;
  /** Bytes that are certainly still of the last request's body. */
  #body = 0;
  #slice = 0;
  #over = false;

  /** @param host where the caller is, as people read it */
  constructor(raw: Socket, host: string, deps: InboundDeps) {
    this.raw = raw;
    this.#host = host;
    this.#deps = deps;
    this.#queue = this.#newQueue((reading) => this.#setReading(reading));
    this.#requestStream = new PacedSocket(raw, () => this.#onRequestBytes());
    raw.once('close', () => {
      // There is nobody left to answer, so the backlog is not worth running.
      this.#queue.clear();
      this.#queue.close();
    });
  }

  /** Who is at the other end. In TLS 1.3 the handshake proves that the caller has the certificate's key. */
  get remote(): Remote {
    return { identity: this.#identity, secure: this.#secured, remoteHost: this.#host };
  }

  /** The jobs of this connection. */
  get queue(): ConnectionQueue {
    return this.#queue;
  }

  /** Whether no request on it is answered any more. */
  get over(): boolean {
    return this.#over;
  }

  /** What an HTTP server is to have of it. */
  get requests(): PacedSocket {
    return this.#requestStream;
  }

  /**
   * The caller begins with a TLS handshake. Answers what a TLS server is to have of it; `feeding` is
   * called around whatever OpenSSL gets.
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
      return HANDSHAKE_PIECE;
    };
    paced.hold(() => this.#offer(goOn));
    return paced;
  }

  /** The handshake is done: from here on requests come. Answers on what. */
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
   * A request has come; to be told when its answer has left, or never will.
   *
   * @param length bytes of its body, as far as it says so
   */
  begin(length: string | undefined): () => void {
    // At most the slice in hand is of it already.
    this.#body = Math.max(0, (Number(length) || 0) - this.#slice);
    // Behind one that was refused: nothing more is parsed.
    if (this.#over) this.#requestStream.drain();
    this.#requests += 1;
    this.#unanswered += 1;
    return () => {
      this.#unanswered -= 1;
      this.#onRequestBytes();
    };
  }

  /** Answers nothing more: requests behind the one that is refused are dropped. */
  end(): void {
    this.#over = true;
  }

  /** What comes is no HTTP: nothing more is parsed either. */
  drain(): void {
    this.#over = true;
    this.#requestStream.drain();
  }

  /** Hands the connection over to an owner that opens a queue of its own. */
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
      // Nothing is parsed of a body whose length was announced.
      const parsed = this.#requestStream.held.subarray(
        Math.min(this.#body, this.#slice),
        this.#slice,
      );
      const lines = linesIn(parsed);
      this.#body = Math.max(0, this.#body - this.#slice);
      this.#requestStream.feed(this.#slice);
      this.#onRequestBytes();
      return 1 + PARSE * (this.#requests - before) + LINE * lines;
    });
  }

  #offer(task: () => number): void {
    if (this.#offered) return;
    this.#offered = true;
    this.#queue.offer(new Task(task));
  }
}

/** Lines of HTTP end so; whatever else does is counted with them. */
function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(CARRIAGE_RETURN); at >= 0; lines += 1) {
    at = bytes.indexOf(CARRIAGE_RETURN, at + 1);
  }
  return lines;
}
