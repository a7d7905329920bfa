import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { Limits } from '../../shared/limits.ts';
import type { Caller, Channel, InboundHandler } from '../channel.ts';
import { spkiIdentity } from '../identity.ts';
import type { World } from '../world.ts';
import { answerBatch } from './batch-endpoint.ts';
import { refuseRequest, refuseSocket } from './http-answer.ts';
import { judgeRequest, type RequestFacts, type Verdict } from './request-guard.ts';
import { createSocketChannel } from './socket-channel.ts';
import { TokenBucket } from './token-bucket.ts';

export interface ReceptionDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after' | 'uptime'>;
  readonly handler: InboundHandler;
  /** Lower-case names that may be in a `Host` header. */
  readonly allowedNames: ReadonlySet<string>;
  readonly onUnexpected: (error: unknown) => void;
}

const NOT_FROM_NETWORK = {
  status: 403,
  reason: 'From the network this peer answers only encrypted Parley peers.',
};

/** Meets each HTTP request: turns it away, answers its batch or makes a channel of it. */
export class Reception {
  readonly #deps: ReceptionDeps;
  readonly #webSockets: WebSocketServer;
  readonly #channels = new Set<Channel>();
  readonly #buckets = new WeakMap<Socket, TokenBucket>();

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
    const verdict = this.#judge(request, false);
    if (verdict.pass === null) {
      refuseRequest(request, response, verdict.refusal, this.#deps.world);
      return;
    }
    this.#answerBatch(request, response).catch((error: unknown) => {
      this.#deps.onUnexpected(error);
      const refusal = { status: 500, reason: 'Something went wrong inside this peer.' };
      refuseRequest(request, response, refusal, this.#deps.world);
    });
  }

  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const verdict = this.#judge(request, true);
    if (verdict.pass !== null) {
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const { limits, world, handler } = this.#deps;
        const caller = callerOf(request.socket);
        const remotePort = request.socket.remotePort ?? 0;
        const channel = createSocketChannel({
          socket: webSocket,
          stream: socket,
          ...caller,
          remotePort,
          limits,
          world,
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

  #answerBatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { limits, world, handler } = this.#deps;
    const root = () => handler.batchRoot(callerOf(request.socket));
    return answerBatch(
      { limits, world, root, bucket: this.#bucket(request.socket) },
      request,
      response,
    );
  }

  #bucket(socket: Socket): TokenBucket {
    const known = this.#buckets.get(socket);
    if (known) return known;
    const { limits, world } = this.#deps;
    const bucket = new TokenBucket(limits.callsPerSecond, limits.callBurst, world.uptime);
    this.#buckets.set(socket, bucket);
    return bucket;
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
function callerOf(socket: Socket): Caller {
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
