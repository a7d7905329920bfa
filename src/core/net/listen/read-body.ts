import type { IncomingMessage } from 'node:http';
import type { Limits } from '../../../shared/model/limits.ts';
import { CollectedBytes } from '../../base/collected-bytes.ts';
import { LimitError } from '../frames/limit-error.ts';

/**
 * Reads a request's body into memory, at most `limits.bodyBytes` of it: a body whose declared
 * length is greater is refused before any of it is read, one that grows beyond it as soon as it
 * does. Slow bodies are ended by the server's request timeout, which closes the connection.
 *
 * @param onAcceptable called when the declared length is acceptable, before reading
 * @throws LimitError when it is too long; an ordinary error when the client disconnected
 */
export async function readBody(
  request: IncomingMessage,
  limits: Pick<Limits, 'bodyBytes'>,
  onAcceptable: () => void,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLong(limits);
  onAcceptable();
  const body = new CollectedBytes();
  const done = Promise.withResolvers<void>();
  const onData = (chunk: Buffer) => {
    if (body.length + chunk.length <= limits.bodyBytes) {
      body.add(chunk);
      return;
    }
    // The response decides about the rest.
    request.pause();
    done.reject(tooLong(limits));
  };
  const onClose = () => done.reject(new Error('The caller went away.'));
  const onEnd = () => {
    // Every request emits `close`; an error created for each would cost its stack.
    request.off('close', onClose);
    done.resolve();
  };
  request.on('data', onData);
  request.once('end', onEnd);
  request.once('close', onClose);
  request.on('error', done.reject);
  try {
    await done.promise;
    return body.take();
  } finally {
    request.off('data', onData);
    request.off('close', onClose);
  }
}

function tooLong({ bodyBytes }: Pick<Limits, 'bodyBytes'>): LimitError {
  return new LimitError('bytes', `The body is too big; the limit is ${bodyBytes} bytes.`);
}
