import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { Limits } from '../../shared/limits.ts';
import type { Channel, InboundHandler, Remote } from '../channel.ts';
import { spkiIdentity } from '../identity.ts';
import type { World } from '../world.ts';
import { answerBatch } from './batch-endpoint.ts';
import type { FairTurns } from './fair-turns.ts';
import { refuseRequest, refuseSocket } from './http-answer.ts';
import { judgeRequest, type RequestFacts, type Verdict } from './request-guard.ts';
import { Task } from './small-works.ts';
import { createSocketChannel } from './socket-channel.ts';
import type { TurnLane } from './turn-lane.ts';

export interface ReceptionDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly turns: FairTurns;
  readonly handler: InboundHandler;
  /** Lower-case names that may be in a `Host` header. */
  readonly allowedNames: ReadonlySet<string>;
  readonly onUnexpected: (error: unknown) => void;
}

const NOT_FROM_NETWORK = {
  status: 403,
  reason: 'From the network this peer answers only encrypted Parley peers.',
};

/** What meeting a request costs: its head, its session, its answer (see `TurnWork`). */
const REQUEST = 100;

/** Meets each HTTP request, when it is its caller's turn: turns it away, answers its batch or makes a channel of it. */
export class Reception {
  readonly #deps: ReceptionDeps;
  readonly #webSockets: WebSocketServer;
  readonly #channels = new Set<Channel>();
  readonly #lanes = new WeakMap<Socket, TurnLane>();

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

  onRequest(request: IncomingMessage, response: ServerResponse): void {
    const lane = this.#lane(request.socket);
    lane.offer(new Task(() => this.#meet(lane, request, response), REQUEST));
  }

  #meet(lane: TurnLane, request: IncomingMessage, response: ServerResponse): void {
    if (request.destroyed) return;
    const verdict = this.#judge(request, false);
    if (verdict.pass === null) {
      refuseRequest(request, response, verdict.refusal, this.#deps.world);
      return;
    }
    this.#answerBatch(lane, request, response).catch((error: unknown) => {
      this.#deps.onUnexpected(error);
      const refusal = { status: 500, reason: 'Something went wrong inside this peer.' };
      refuseRequest(request, response, refusal, this.#deps.world);
    });
  }

  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const verdict = this.#judge(request, true);
    if (verdict.pass !== null) {
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const { limits, world, handler, turns } = this.#deps;
        const caller = callerOf(request.socket);
        const remotePort = request.socket.remotePort ?? 0;
        const channel = createSocketChannel({
          socket: webSocket,
          stream: socket,
          ...caller,
          remotePort,
          limits,
          world,
          turns,
          place: this.#place(caller),
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
      return;
    }
    refuseSocket(socket, verdict.refusal, this.#deps.world);
  }

  #judge(request: IncomingMessage, upgrade: boolean): Verdict {
    const { allowedNames, handler } = this.#deps;
    const verdict = judgeRequest(factsOf(request, upgrade), allowedNames);
    if (verdict.pass === null || handler.admits(callerOf(request.socket))) return verdict;
    return { pass: null, refusal: NOT_FROM_NETWORK };
  }

  /** Ends every channel; resolves when all have ended. */
  async close(): Promise<void> {
    const channels = [...this.#channels];
    for (const channel of channels) channel.close(1001, 'The peer is shutting down.');
    await Promise.all(channels.map((channel) => channel.closed));
  }

  #answerBatch(lane: TurnLane, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limits, world, handler } = this.#deps;
    const caller = { ...callerOf(request.socket), meter: lane.meter };
    const root = () => handler.batchRoot(caller);
    return answerBatch({ limits, world, root, lane }, request, response);
  }

  /** The turns of a connection on which HTTP requests come. */
  #lane(socket: Socket): TurnLane {
    const known = this.#lanes.get(socket);
    if (known) return known;
    const place = this.#place(callerOf(socket));
    const lane = this.#deps.turns.lane(place, (reading) =>
      reading ? socket.resume() : socket.pause(),
    );
    this.#lanes.set(socket, lane);
    // The end of a request has Node read on, whoever has paused.
    socket.on('resume', () => lane.paused && socket.pause());
    socket.once('close', () => lane.close());
    return lane;
  }

  /** Whose turn a caller's messages wait for: a contact's own, else that of its address. */
  #place({ identity, remoteHost }: Remote): string {
    const { knows = () => true } = this.#deps.handler;
    return identity !== null && knows(identity) ? identity : remoteHost;
  }
}

function factsOf(request: IncomingMessage, upgrade: boolean): RequestFacts {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    hosts: request.headersDistinct['host'] ?? [],
    origin: request.headers.origin ?? null,
    upgrade,
    secure: request.socket instanceof TLSSocket,
  };
}

/** Who is at the other end. In TLS 1.3 the handshake proves that the caller has the certificate's key. */
function callerOf(socket: Socket): Remote {
  const secure = socket instanceof TLSSocket;
  const certificate = secure ? socket.getPeerX509Certificate() : undefined;
  return {
    identity: certificate === undefined ? null : spkiIdentity(certificate.raw),
    secure,
    remoteHost: readableHost(socket.remoteAddress),
  };
}

/** An IPv4 caller on an IPv6 socket is shown as IPv4. */
export function readableHost(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}
