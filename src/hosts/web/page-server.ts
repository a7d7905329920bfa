import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { InboundConnection } from '../../core/net/listen/inbound-connection.ts';
import { Task } from '../../core/net/scheduling/small-jobs.ts';
import { systemScheduler } from '../../core/net/scheduling/system-scheduler.ts';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';

/**
 * Connections that know our name, and as many that do not. Of each the oldest gives way to a new one:
 * any program of this computer can open as many as it likes.
 */
const MAX_CONNECTIONS = 128;
/** Cost of answering a request (see `Job`). */
const REQUEST = 100;

export interface PageHandlers {
  /** Whether a request is addressed to us by our own name. */
  readonly knowsUs: (request: IncomingMessage) => boolean;
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
  const strangers = new Places();
  const acquainted = new Places();
  http.on('request', (request, response) => {
    const connection = of(request.socket);
    if (handlers?.knowsUs(request) && strangers.leave(connection.raw)) {
      acquainted.enter(connection.raw);
    }
    response.once('close', connection.begin(request.headers['content-length']));
    const answer = () => {
      if (!request.destroyed) handlers?.onRequest(request, response, connection.raw);
      return REQUEST;
    };
    connection.queue.offer(new Task(answer, limits.requestBytes));
  });
  http.on('upgrade', (request, _stream, parsed) => {
    const connection = of(request.socket);
    const { socket, held } = connection.leave();
    // Whoever answers it counts the pages.
    if (handlers?.knowsUs(request)) {
      strangers.leave(connection.raw);
      acquainted.leave(connection.raw);
    }
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
    strangers.enter(raw);
    raw.once('close', () => {
      strangers.leave(raw);
      acquainted.leave(raw);
    });
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

/** Connections in the order in which they came. */
class Places {
  readonly #sockets = new Set<Socket>();

  /** Takes a place; where there is none, the oldest loses its own. */
  enter(socket: Socket): void {
    const [oldest] = this.#sockets;
    if (this.#sockets.size >= MAX_CONNECTIONS && oldest) {
      this.#sockets.delete(oldest);
      oldest.destroy();
    }
    this.#sockets.add(socket);
  }

  /** Whether it had a place. */
  leave(socket: Socket): boolean {
    return this.#sockets.delete(socket);
  }
}
