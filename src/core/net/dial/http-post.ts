import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { PeerAddress } from '../../../shared/address/address.ts';
import { bytesWithin } from '../../base/collected-bytes.ts';
import { BATCH_PATH } from '../../protocol/routes.ts';
import { hostHeader } from './connect-websocket.ts';
import { boundProvisionalAnswers } from './provisional-answers.ts';
import { type Refused, refusalText } from './refusal-words.ts';

export interface BatchAnswer extends Refused {
  /** Whatever the content type: peers differ, and the content decides. */
  readonly body: Uint8Array;
}

/**
 * One `POST /rpc/batch` on a connected socket, which it then owns and always closes. A connection
 * per request costs a round trip, but a kept-alive one can break just as a call is sent on it, and
 * then it is unknown whether the call arrived.
 *
 * Rejects when no complete answer of at most `answerBytes` arrived. Redirects are answers.
 */
export function exchangeBatch(
  socket: Socket,
  address: PeerAddress,
  body: string,
  answerBytes: number,
  signal: AbortSignal,
): Promise<BatchAnswer> {
  return new Promise<BatchAnswer>((resolve, reject) => {
    const request = httpRequest({
      method: 'POST',
      path: BATCH_PATH,
      headers: {
        host: hostHeader(address),
        'content-type': 'application/x-ndjson',
        'content-length': Buffer.byteLength(body),
        connection: 'close',
      },
      createConnection: () => socket,
      signal,
    });
    request.once('error', reject);
    boundProvisionalAnswers(request);
    request.once('response', (response) => {
      // Fails when the connection breaks before the declared end.
      bytesWithin(response, answerBytes)
        .then((body) => {
          if (body === null) throw new Error(`The answer is longer than ${answerBytes} bytes.`);
          const words = refusalText(response, body);
          resolve({ status: response.statusCode ?? 0, words, body });
        })
        .catch(reject);
    });
    // A server may switch protocols unasked; nothing of that is used.
    request.once('upgrade', () => reject(new Error('The answer switched protocols.')));
    request.end(body);
  }).finally(() => socket.destroy());
}
