import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Inbound } from '../../peer/net/inbound.ts';
import { Task } from '../../peer/net/small-works.ts';
import { systemTurns } from '../../peer/net/system-turns.ts';
import { DEFAULT_LIMITS } from '../../shared/limits.ts';

const MAX_CONNECTIONS = 128;
/** What answering a request costs (see `TurnWork`). */
const REQUEST = 100;

export interface PageHandlers {
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
 * An HTTP server for pages, whose callers take turns: any program of this computer can call it, and
 * none is to hold up the page of the user, or the chat itself.
 */
export function createPageServer(): PageServer {
  const limits = DEFAULT_LIMITS;
  let handlers: PageHandlers | null = null;
  const turns = systemTurns(limits);
  const inbound = new WeakMap<Duplex, Inbound>();
  const of = (stream: Duplex): Inbound => {
    const found = inbound.get(stream);
    if (found === undefined) throw new Error('A request came on a connection that nobody took.');
    return found;
  };
  // An import may take its time; small bodies have a limit of their own (requests.ts).
  const http = createHttpServer({ headersTimeout: 5_000, requestTimeout: 0 });
  http.keepAliveTimeout = 5_000;
  http.on('request', (request, response) => {
    const connection = of(request.socket);
    response.once('close', connection.begin(request.headers['content-length']));
    const answer = () => {
      if (!request.destroyed) handlers?.onRequest(request, response, connection.raw);
      return REQUEST;
    };
    connection.lane.offer(new Task(answer, limits.requestBytes));
  });
  http.on('upgrade', (request, _stream, parsed) => {
    const { socket, held } = of(request.socket).leave();
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
    const connection = new Inbound(raw, raw.remoteAddress ?? '', { limits, turns });
    inbound.set(connection.requests, connection);
    http.emit('connection', connection.requests);
  });
  listener.maxConnections = MAX_CONNECTIONS;
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
