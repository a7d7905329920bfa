import { constants } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import type { Limits } from '../../../shared/model/limits.ts';
import type { World } from '../../base/world.ts';
import { TLS_PROFILE, type TlsCredentials } from '../dial/connect-tls.ts';
import { refuseSocket } from './http-refusal.ts';
import type { Refusal } from './request-guard.ts';

export interface HttpServersDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after'>;
  /** Null without TLS. */
  readonly tls: TlsCredentials | null;
  readonly onRequest: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, head: Buffer) => void;
  /** The bytes are not HTTP, or the request is too slow: it is about to be refused. */
  readonly onBroken: (socket: Duplex) => void;
  /** A TLS handshake is complete. Returns the decrypted stream; null ends the connection. */
  readonly onSecured: (socket: TLSSocket) => Duplex | null;
}

/** Interval of the check for overdue requests. */
const MAX_CHECK_MS = 1_000;

/** The servers behind the one port. They do not listen themselves: sockets are passed to them. */
export function createHttpServers(deps: HttpServersDeps) {
  const { limits, tls: credentials } = deps;
  const http = createServer(serverOptions(limits));
  prepare(http, deps);
  const tls = credentials === null ? null : createTlsServer(tlsOptions(limits, credentials));
  tls?.on('tlsClientError', (_error, socket) => socket.destroy());
  tls?.on('secureConnection', (socket) => {
    const inside = deps.onSecured(socket);
    if (inside === null) socket.destroy();
    else http.emit('connection', inside);
  });
  return {
    http,
    /** Null if TLS is not offered. */
    tls,
    close: () => {
      http.closeAllConnections();
      // Clears its timer; there is no listening socket to close.
      http.close(() => {});
    },
  };
}

function tlsOptions(limits: Limits, credentials: TlsCredentials): TlsOptions {
  return {
    ...TLS_PROFILE,
    ...credentials,
    requestCert: true,
    // The only kind of certificate that is an identity. Clients with another kind are told not to
    // send it, which keeps their handshake within its byte limit.
    sigalgs: 'ecdsa_secp256r1_sha256',
    // No session resumption: every connection proves its key.
    secureOptions: constants.SSL_OP_NO_TICKET,
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: limits.headersTimeout,
  };
}

function serverOptions(limits: Limits): ServerOptions {
  return {
    headersTimeout: Math.min(limits.headersTimeout, limits.requestTimeout),
    requestTimeout: limits.requestTimeout,
    connectionsCheckingInterval: Math.min(MAX_CHECK_MS, Math.ceil(limits.headersTimeout / 4)),
    // A missing one is refused with a reason by the request guard.
    requireHostHeader: false,
    // Some HTTP libraries propose other protocols (h2c) with every request: those are plain
    // requests.
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
  };
}

function prepare(server: Server, deps: HttpServersDeps): void {
  const { limits, onRequest, onUpgrade } = deps;
  // Socket timeout after the request: a client that does not read its answer is disconnected.
  server.timeout = limits.requestTimeout + limits.answerTimeout;
  server.on('timeout', (socket) => socket.destroy());
  // The response in progress on each connection.
  const answers = new WeakMap<Duplex, ServerResponse>();
  const onAnyRequest: RequestListener = (request, response) => {
    answers.set(request.socket, response);
    onRequest(request, response);
  };
  server.on('request', onAnyRequest);
  // Expect: 100-continue, and any other expectation: Node would answer those itself, at no charge.
  server.on('checkContinue', onAnyRequest);
  server.on('checkExpectation', onAnyRequest);
  server.on('upgrade', (request, _socket, head) => onUpgrade(request, head));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    deps.onBroken(socket);
    const refusal = refusalOf(error.code ?? '', limits);
    const answer = answers.get(socket);
    const garbled = answer?.headersSent && !answer.writableFinished;
    if (refusal === null || !socket.writable || garbled) socket.destroy();
    else refuseSocket(socket, refusal, deps.world);
  });
  // The checks for overdue requests begin with this event, which a server without a listening
  // socket never emits.
  server.emit('listening');
}

function refusalOf(code: string, limits: Limits): Refusal | null {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: 408,
      reason: `The request was too slow; the limit is ${limits.headersTimeout} ms for its head and ${limits.requestTimeout} ms for all of it.`,
    };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, reason: 'The head of the request is too big.' };
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return { status: 413, reason: 'The chunk extensions of the body are too big.' };
  }
  // Any other error occurred below HTTP, where no answer can be sent.
  return code.startsWith('HPE_') ? { status: 400, reason: 'This is not an HTTP request.' } : null;
}
