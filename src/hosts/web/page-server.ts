import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { InboundConnection } from '../../core/net/listen/inbound-connection.ts';
import { Task } from '../../core/net/scheduling/small-jobs.ts';
import { systemScheduler } from '../../core/net/scheduling/system-scheduler.ts';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';

/**
 * Connections of each standing. The oldest of them gives way to a new one: any program of this computer
 * can open as many as it likes.
 */
const MAX_CONNECTIONS = 128;
/** Cost of answering a request (see `Job`). */
const REQUEST = 100;

/**
 * What a request shows about its sender: nothing, that it knows our own name (which other users of this
 * computer can read in the browser's arguments), or a session of one of our pages.
 */
export type Standing = 'unknown' | 'named' | 'session';

export interface PageHandlers {
  readonly standingOf: (request: IncomingMessage) => Standing;
  /** `raw`: the connection that it came on. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse, raw: Socket) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
}

export interface PageServer {
  /** Takes the connections; listens on nothing by itself. */
  readonly listener: Server;
  /** Answers from here on; who comes before, when nobody can know where we are, is hung up on. */
  readonly serve: (handlers: PageHandlers) => void;
  /** Ends connections that nothing is asked on. */
  readonly closeIdle: () => void;
  readonly closeAll: () => void;
}

/**
 * An HTTP server for pages, whose callers are scheduled fairly: any program on this computer can
 * call it, and none may hold up the user's page, or the chat itself.
 */
export function createPageServer(): PageServer {
  const limits = DEFAULT_LIMITS;
  let handlers: PageHandlers | null = null;
  const scheduler = systemScheduler(limits);
  const inbound = new WeakMap<Duplex, InboundConnection>();
  const of = (stream: Duplex): InboundConnection => {
    const found = inbound.get(stream);
    if (found === undefined) throw new Error('A request came on a connection that nobody took.');
    return found;
  };
  // An import may take its time; small bodies have a limit of their own (requests.ts).
  const http = createHttpServer({ headersTimeout: 5_000, requestTimeout: 0 });
  http.keepAliveTimeout = 5_000;
  const places = new PlacesByStanding();
  const onAnyRequest: RequestListener = (request, response) => {
    const connection = of(request.socket);
    if (handlers !== null) places.raise(connection.raw, handlers.standingOf(request));
    response.once('close', connection.begin(request.headers['content-length']));
    const answer = () => {
      if (!request.destroyed) handlers?.onRequest(request, response, connection.raw);
      return REQUEST;
    };
    connection.queue.offer(new Task(answer, limits.requestBytes));
  };
  http.on('request', onAnyRequest);
  // Any but 100-continue: Node would answer those itself.
  http.on('checkExpectation', onAnyRequest);
  http.on('upgrade', (request, _stream, parsed) => {
    const connection = of(request.socket);
    const { socket, held } = connection.leave();
    // The bridge counts its pages itself.
    if (handlers?.standingOf(request) === 'session') places.leave(connection.raw);
    handlers?.onUpgrade(request, socket, Buffer.concat([parsed, held]));
    socket.resume();
  });
  http.on('clientError', (_error, stream) => {
    inbound.get(stream)?.drain();
    if (stream.writable) stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else stream.destroy();
  });
  // Begins the checks for heads that are overdue, as listening would.
  http.emit('listening');
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (raw: Socket) => {
    if (handlers === null) {
      raw.destroy();
      return;
    }
    const connection = new InboundConnection(raw, raw.remoteAddress ?? '', { limits, scheduler });
    inbound.set(connection.requests, connection);
    places.enter(raw);
    raw.once('close', () => places.leave(raw));
    http.emit('connection', connection.requests);
  });
  // Ends its timer.
  listener.once('close', () => http.close(() => {}));
  return {
    listener,
    serve: (given) => {
      handlers = given;
    },
    closeIdle: () => http.closeIdleConnections(),
    closeAll: () => http.closeAllConnections(),
  };
}

/** Connections by the best standing that they have shown, in the order in which they showed it. */
class PlacesByStanding {
  readonly #sockets: Readonly<Record<Standing, Set<Socket>>> = {
    unknown: new Set(),
    named: new Set(),
    session: new Set(),
  };

  enter(socket: Socket): void {
    this.#put(socket, 'unknown');
  }

  raise(socket: Socket, standing: Standing): void {
    const { unknown, named } = this.#sockets;
    const mayRise =
      standing === 'session' ? [unknown, named] : standing === 'named' ? [unknown] : [];
    if (mayRise.some((sockets) => sockets.delete(socket))) this.#put(socket, standing);
  }

  leave(socket: Socket): void {
    for (const sockets of Object.values(this.#sockets)) sockets.delete(socket);
  }

  #put(socket: Socket, standing: Standing): void {
    const sockets = this.#sockets[standing];
    const [oldest] = sockets;
    if (sockets.size >= MAX_CONNECTIONS && oldest) {
      sockets.delete(oldest);
      oldest.destroy();
    }
    sockets.add(socket);
  }
}
