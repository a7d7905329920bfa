import type { IncomingMessage, ServerResponse } from 'node:http';
import { RpcSession } from 'capnweb';
import type { Limits } from '../../shared/limits.ts';
import type { World } from '../world.ts';
import { BatchTransport } from './batch-transport.ts';
import { readBody } from './body-reader.ts';
import { readFrame } from './frame-guard.ts';
import { refuseRequest } from './http-answer.ts';
import { abortMessage, LimitError, statusOf } from './limit-error.ts';
import type { Refusal } from './request-guard.ts';
import type { TokenBucket } from './token-bucket.ts';

const NDJSON = 'application/x-ndjson; charset=utf-8';

export interface BatchDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after'>;
  /** Makes the root capability for this request's caller. */
  readonly root: () => object;
  /** The calls of this connection, which may carry one batch after another. */
  readonly bucket: TokenBucket;
}

/**
 * Answers one HTTP batch: a body of newline-separated Cap'n Web messages, answered with the lines
 * that the session sends back. A batch over a limit is refused as a whole, before any call is made,
 * with an `abort` message as its body. Rejects only on failures of our own.
 */
export async function answerBatch(
  deps: BatchDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const transport = await readBatch(deps, request, response);
    if (response.destroyed) return;
    const outcome = await runSession(deps, transport, response);
    if (outcome === 'gone') return;
    if (outcome === 'late') throw new LateError(deps.limits);
    if (outcome === 'failed' && transport.failure instanceof LimitError) throw transport.failure;
    response.writeHead(outcome === 'failed' ? 400 : 200, { 'content-type': NDJSON });
    response.end(transport.text);
  } catch (error) {
    if (error instanceof LimitError || error instanceof LateError) {
      refuse(deps, request, response, error);
    } else if (!request.destroyed) {
      throw error;
    }
  }
}

async function readBatch(
  deps: BatchDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<BatchTransport> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new LimitError('not-offered', 'Compressed bodies are not offered here.');
  }
  const body = await readBody(request, deps.limits, () => {
    if (request.headers.expect !== undefined) response.writeContinue();
  });
  const messages = readFrame(body, deps.limits);
  const calls = messages.reduce((sum, message) => sum + message.calls, 0);
  if (!deps.bucket.take(Math.max(1, calls))) {
    const { callsPerSecond, callBurst } = deps.limits;
    throw new LimitError(
      'calls',
      `Too many calls; the limit is ${callsPerSecond} a second, ${callBurst} at once.`,
    );
  }
  return new BatchTransport(messages, deps.limits.sendBufferBytes);
}

/** `failed`: the session ended itself on a message it could not use, or on an answer that grew too long. */
type Outcome = 'answered' | 'failed' | 'late' | 'gone';

async function runSession(
  deps: BatchDeps,
  transport: BatchTransport,
  response: ServerResponse,
): Promise<Outcome> {
  const session = new RpcSession(transport, deps.root());
  const outcome = Promise.withResolvers<Outcome>();
  const onClose = () => outcome.resolve('gone');
  const cancel = deps.world.after(deps.limits.answerTimeout, () => outcome.resolve('late'));
  response.once('close', onClose);
  const answered = () => outcome.resolve(transport.failure === null ? 'answered' : 'failed');
  transport.taken.then(() => session.drain()).then(answered, answered);
  try {
    return await outcome.promise;
  } finally {
    cancel();
    response.off('close', onClose);
    // Nothing refers to this session any more: let go of what its calls returned.
    session.getRemoteMain()[Symbol.dispose]();
  }
}

/** The calls took longer than a batch may. */
class LateError extends Error {
  override readonly name = 'Error';

  constructor({ answerTimeout }: Limits) {
    super(`The answer took too long; the limit is ${answerTimeout} milliseconds.`);
  }
}

function refuse(
  deps: BatchDeps,
  request: IncomingMessage,
  response: ServerResponse,
  error: LimitError | LateError,
): void {
  const status = error instanceof LimitError ? statusOf(error.code) : 503;
  const refusal: Refusal = {
    status,
    reason: error.message,
    ...(status === 429 ? { headers: { 'retry-after': '1' } } : {}),
  };
  const text = JSON.stringify(abortMessage(error));
  refuseRequest(request, response, refusal, deps.world, { type: NDJSON, text });
}
