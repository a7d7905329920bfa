import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { PeerAddress } from '../../../shared/address/address.ts';
import type { Limits } from '../../../shared/model/limits.ts';
import { WEBSOCKET_PATH } from '../../protocol/routes.ts';
import { boundProvisionalAnswers } from './provisional-answers.ts';
import { type Refused, readRefusal } from './refusal-words.ts';

/** The other side answered the upgrade request with an HTTP status instead. */
export interface UpgradeRefused {
  readonly refused: Refused;
}

/** The value of the Host header: IPv6 in brackets, its zone left out (it means nothing elsewhere). */
export function hostHeader(address: PeerAddress): string {
  const host = address.host.replace(/%.*$/s, '');
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/**
 * Upgrades a connected socket, which it then owns, to a WebSocket: unless that opens, the socket is
 * closed. `onOpen` runs in the same tick as the opening, so that no frame is missed before it
 * listens. Rejects with the error of the connection.
 */
export function upgradeSocket<T>(
  socket: Socket,
  address: PeerAddress,
  limits: Pick<Limits, 'frameBytes'>,
  signal: AbortSignal,
  onOpen: (socket: WebSocket) => T,
): Promise<T | UpgradeRefused> {
  return new Promise((resolve, reject) => {
    // The scheme `ws` only decides how a socket would be created; ours exists, and may be
    // encrypted.
    const client = new WebSocket(`ws://${hostHeader(address)}${WEBSOCKET_PATH}`, {
      createConnection: () => socket,
      perMessageDeflate: false,
      maxPayload: limits.frameBytes,
      followRedirects: false,
      finishRequest: (request) => {
        boundProvisionalAnswers(request);
        request.end();
      },
    });
    const stop = () => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
    };
    const onAbort = () => {
      client.terminate();
      stop();
      reject(signal.reason);
    };
    const onError = (error: Error) => {
      stop();
      reject(error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    client.on('error', onError);
    client.once('unexpected-response', (_request, response) => {
      // Errors of the connection no longer matter: the status has arrived.
      client.off('error', onError).on('error', () => {});
      void readRefusal(response).then((refused) => {
        stop();
        resolve({ refused });
      });
    });
    client.once('open', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(onOpen(client));
    });
  });
}
