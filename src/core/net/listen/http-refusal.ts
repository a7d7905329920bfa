import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { World } from '../../base/world.ts';
import type { Refusal } from './request-guard.ts';

/**
 * How long a refused caller may go on sending before its connection is closed. Closing at once
 * would make its system discard our answer unread.
 */
const LINGER_MS = 1_000;

const TEXT = 'text/plain; charset=utf-8';

/** A machine-readable body for a refusal. */
export interface AnswerBody {
  readonly type: string;
  readonly text: string;
}

/**
 * Refuses a request and ends its connection. The reason is the body, and also the status message,
 * which is all that some clients show. Further input is discarded, for a while.
 */
export function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  world: Pick<World, 'after'>,
  body: AnswerBody = { type: TEXT, text: `${refusal.reason}\n` },
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(refusal.status, statusMessage(refusal), {
    ...refusal.headers,
    ...commonHeaders(body),
    connection: 'close',
  });
  if (request.complete) {
    response.end(body.text);
    return;
  }
  response.write(body.text);
  const cancel = world.after(LINGER_MS, () => request.socket.destroy());
  request.once('end', () => response.end());
  request.socket.once('close', cancel);
  request.on('error', () => {});
  request.resume();
}

/** Refuses on a socket without an HTTP response, and ends it. */
export function refuseSocket(socket: Duplex, refusal: Refusal, world: Pick<World, 'after'>): void {
  const body = { type: TEXT, text: `${refusal.reason}\n` };
  const headers = { ...refusal.headers, ...commonHeaders(body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => {});
  socket.end(
    [`HTTP/1.1 ${refusal.status} ${statusMessage(refusal)}`, ...lines, '', body.text].join('\r\n'),
  );
  const cancel = world.after(LINGER_MS, () => socket.destroy());
  socket.once('close', cancel);
  socket.resume();
}

function commonHeaders(body: AnswerBody): Record<string, string> {
  return {
    'content-type': body.type,
    'content-length': String(Buffer.byteLength(body.text)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}

/** Status messages are printable ASCII (RFC 9112, section 4). */
function statusMessage({ status, reason }: Refusal): string {
  return /^[\x20-\x7e]+$/.test(reason) ? reason : (STATUS_CODES[status] ?? 'Refused');
}
