import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import type { World } from '../../base/world.ts';
import type { Channel, InboundHandler } from '../../protocol/channel.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { Task } from '../scheduling/small-jobs.ts';
import type { PacedSocket } from '../tls/paced-socket.ts';
import { createSocketChannel } from '../websocket/websocket-channel.ts';
import { answerBatch } from './batch-server.ts';
import { refuseRequest, refuseSocket } from './http-refusal.ts';
import { Inbound } from './inbound-connection.ts';
import { judgeRequest, type Refusal, type RequestFacts, type Verdict } from './request-guard.ts';

export interface ReceptionDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly scheduler: FairScheduler;
  readonly handler: InboundHandler;
  /** Lower-case names that may be in a `Host` header. */
  readonly allowedNames: ReadonlySet<string>;
  readonly onUnexpected: (error: unknown) => void;
}

/** Why whoever has proven to be this, or nobody, is not answered; null when it is. */
export type Admit = (identity: Identity | null) => Refusal | null;

const NOT_FROM_NETWORK = {
  status: 403,
  reason: 'From the network this peer answers only encrypted Parley peers.',
};

/** Cost of handling a request: its head, its session, its answer (see `Job`). */
const REQUEST = 100;

/** Meets each HTTP request, when it is its caller's turn: turns it away, answers its batch or makes a channel of it. */
export class Reception {
  readonly #deps: ReceptionDeps;
  readonly #webSockets: WebSocketServer;
  readonly #channels = new Set<Channel>();
  /** By the stream on which its requests come. */
  readonly #inbound = new WeakMap<Duplex, Inbound>();
  /** The connection whose bytes OpenSSL has in hand. */
  #shaking: { readonly inbound: Inbound; readonly admit: Admit } | null = null;

  constructor(deps: ReceptionDeps) {
    this.#deps = deps;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: deps.limits.frameBytes,
    });
    this.#webSockets.on('wsClientError', (error, socket) => {
      const headers = { 'sec-websocket-version': '13' };
      refuseSocket(socket, { status: 400, reason: `${error.message}.`, headers }, deps.world);
    });
  }

  /** Takes a connection that speaks HTTP; answers what an HTTP server is to have of it. */
  takePlain(raw: Socket): PacedSocket {
    return this.#expectRequests(this.#newInbound(raw));
  }

  /**
   * Takes a connection that speaks TLS; answers what a TLS server is to have of it.
   *
   * @param admit decides, by who has proven to come on it, whether its requests are refused
   */
  takeSecure(raw: Socket, admit: Admit): PacedSocket {
    const inbound = this.#newInbound(raw);
    return inbound.expectHandshake((feed) => {
      this.#shaking = { inbound, admit };
      feed();
      this.#shaking = null;
    });
  }

  /**
   * A handshake is done, as OpenSSL says while it has the last of its bytes in hand. Answers what an
   * HTTP server is to have of what comes inside; null when nobody knows whose it is.
   */
  onSecured(socket: TLSSocket): PacedSocket | null {
    if (this.#shaking === null) return null;
    const { inbound, admit } = this.#shaking;
    inbound.secured(socket);
    inbound.refusal = admit(inbound.remote.identity);
    return this.#expectRequests(inbound);
  }

  /** What came on it could not be parsed; it is about to be refused. */
  onBroken(stream: Duplex): void {
    this.#inbound.get(stream)?.drain();
  }

  onRequest(request: IncomingMessage, response: ServerResponse): void {
    const inbound = this.#of(request.socket);
    const answered = inbound.begin(request.headers['content-length']);
    response.once('close', answered);
    const meet = () => {
      if (!inbound.over) this.#meet(inbound, request, response);
      return REQUEST;
    };
    inbound.queue.offer(new Task(meet, this.#deps.limits.requestBytes));
  }

  #meet(inbound: Inbound, request: IncomingMessage, response: ServerResponse): void {
    if (request.destroyed) return;
    const verdict = this.#judge(inbound, request, false);
    if (verdict.pass === null) {
      inbound.end();
      refuseRequest(request, response, verdict.refusal, this.#deps.world);
      return;
    }
    this.#answerBatch(inbound, request, response).catch((error: unknown) => {
      this.#deps.onUnexpected(error);
      inbound.end();
      const refusal = { status: 500, reason: 'Something went wrong inside this peer.' };
      refuseRequest(request, response, refusal, this.#deps.world);
    });
  }

  onUpgrade(request: IncomingMessage, parsed: Buffer): void {
    const inbound = this.#of(request.socket);
    const verdict = this.#judge(inbound, request, true);
    const { socket, held } = inbound.leave();
    if (verdict.pass === null) {
      refuseSocket(socket, verdict.refusal, this.#deps.world);
      return;
    }
    const head = Buffer.concat([parsed, held]);
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { limits, world, handler, scheduler } = this.#deps;
      const caller = inbound.remote;
      const channel = createSocketChannel({
        socket: webSocket,
        stream: socket,
        ...caller,
        remotePort: inbound.raw.remotePort ?? 0,
        limits,
        world,
        scheduler,
      });
      this.#channels.add(channel);
      channel.closed.then(() => this.#channels.delete(channel));
      try {
        handler.onChannel(channel);
      } catch (error) {
        this.#deps.onUnexpected(error);
        channel.close(1011, 'Something went wrong inside this peer.');
      }
    });
    socket.resume();
  }

  #judge({ remote, refusal }: Inbound, request: IncomingMessage, upgrade: boolean): Verdict {
    if (refusal !== null) return { pass: null, refusal };
    const { allowedNames, handler } = this.#deps;
    const verdict = judgeRequest(factsOf(request, upgrade, remote.secure), allowedNames);
    if (verdict.pass === null || handler.admits(remote)) return verdict;
    return { pass: null, refusal: NOT_FROM_NETWORK };
  }

  /** Ends every channel; resolves when all have ended. */
  async close(): Promise<void> {
    const channels = [...this.#channels];
    for (const channel of channels) channel.close(1001, 'The peer is shutting down.');
    await Promise.all(channels.map((channel) => channel.closed));
  }

  #answerBatch(
    { queue, remote }: Inbound,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { limits, world, handler } = this.#deps;
    const root = () => handler.batchRoot({ ...remote, meter: queue.meter });
    return answerBatch({ limits, world, root, queue }, request, response);
  }

  #newInbound(raw: Socket): Inbound {
    const { limits, scheduler } = this.#deps;
    return new Inbound(raw, readableHost(raw.remoteAddress), { limits, scheduler });
  }

  #expectRequests(inbound: Inbound): PacedSocket {
    this.#inbound.set(inbound.requests, inbound);
    return inbound.requests;
  }

  #of(stream: Duplex): Inbound {
    const inbound = this.#inbound.get(stream);
    if (inbound === undefined) throw new Error('A request came on a connection that nobody took.');
    return inbound;
  }
}

function factsOf(request: IncomingMessage, upgrade: boolean, secure: boolean): RequestFacts {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    hosts: request.headersDistinct['host'] ?? [],
    origin: request.headers.origin ?? null,
    upgrade,
    secure,
  };
}

/** An IPv4 caller on an IPv6 socket is shown as IPv4. */
export function readableHost(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}
