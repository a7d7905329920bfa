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
import { InboundConnection } from './inbound-connection.ts';
import {
  authorizeRequest,
  type Refusal,
  type RequestFacts,
  type Verdict,
} from './request-guard.ts';

export interface InboundServerDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly scheduler: FairScheduler;
  readonly handler: InboundHandler;
  /** Lower-case names that may be in a `Host` header. */
  readonly allowedNames: ReadonlySet<string>;
  readonly onUnexpected: (error: unknown) => void;
}

/** Decides by the authenticated identity, if any, whether a caller is refused; null admits it. */
export type Admit = (identity: Identity | null) => Refusal | null;

const NOT_FROM_NETWORK = {
  status: 403,
  reason: 'From the network this peer answers only encrypted Parley peers.',
};

/** Cost of handling a request: its header, its session, its answer (see `Job`). */
const REQUEST_COST = 100;

/** Handles HTTP requests as jobs on their caller's flow: refuses, answers a batch, or upgrades. */
export class InboundServer {
  readonly #deps: InboundServerDeps;
  readonly #webSockets: WebSocketServer;
  readonly #channels = new Set<Channel>();
  /** By request stream. */
  readonly #inbound = new WeakMap<Duplex, InboundConnection>();
  /** The connection whose bytes OpenSSL is processing right now. */
  #handshaking: { readonly inbound: InboundConnection; readonly admit: Admit } | null = null;

  constructor(deps: InboundServerDeps) {
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

  /** Accepts a plain HTTP connection; returns the stream for the HTTP server. */
  takePlain(raw: Socket): PacedSocket {
    return this.#expectRequests(this.#newInbound(raw));
  }

  /**
   * Accepts a TLS connection; returns the stream for the TLS server.
   *
   * @param admit decides, once the handshake is complete, whether its requests are refused
   */
  takeSecure(raw: Socket, admit: Admit): PacedSocket {
    const inbound = this.#newInbound(raw);
    return inbound.expectHandshake((feed) => {
      this.#handshaking = { inbound, admit };
      feed();
      this.#handshaking = null;
    });
  }

  /**
   * A handshake is complete, which OpenSSL reports while it processes the last bytes. Returns the
   * stream for the HTTP server; null if the connection is unknown.
   */
  onSecured(socket: TLSSocket): PacedSocket | null {
    if (this.#handshaking === null) return null;
    const { inbound, admit } = this.#handshaking;
    inbound.secured(socket);
    inbound.refusal = admit(inbound.remote.identity);
    return this.#expectRequests(inbound);
  }

  /** The bytes could not be parsed; the connection is about to be refused. */
  onBroken(stream: Duplex): void {
    this.#inbound.get(stream)?.drain();
  }

  onRequest(request: IncomingMessage, response: ServerResponse): void {
    const inbound = this.#of(request.socket);
    const answered = inbound.begin(request.headers['content-length']);
    response.once('close', answered);
    const handle = () => {
      if (!inbound.over) this.#handle(inbound, request, response);
      return REQUEST_COST;
    };
    inbound.queue.offer(new Task(handle, this.#deps.limits.requestBytes));
  }

  #handle(inbound: InboundConnection, request: IncomingMessage, response: ServerResponse): void {
    if (request.destroyed) return;
    const verdict = this.#authorize(inbound, request, false);
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
    const verdict = this.#authorize(inbound, request, true);
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

  #authorize(
    { remote, refusal }: InboundConnection,
    request: IncomingMessage,
    upgrade: boolean,
  ): Verdict {
    if (refusal !== null) return { pass: null, refusal };
    const { allowedNames, handler } = this.#deps;
    const verdict = authorizeRequest(factsOf(request, upgrade, remote.secure), allowedNames);
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
    { queue, remote }: InboundConnection,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { limits, world, handler } = this.#deps;
    const root = () => handler.batchMain({ ...remote, meter: queue.meter });
    return answerBatch({ limits, world, root, queue }, request, response);
  }

  #newInbound(raw: Socket): InboundConnection {
    const { limits, scheduler } = this.#deps;
    return new InboundConnection(raw, readableHost(raw.remoteAddress), { limits, scheduler });
  }

  #expectRequests(inbound: InboundConnection): PacedSocket {
    this.#inbound.set(inbound.requests, inbound);
    return inbound.requests;
  }

  #of(stream: Duplex): InboundConnection {
    const inbound = this.#inbound.get(stream);
    if (inbound === undefined) throw new Error('A request arrived on an unknown connection.');
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
