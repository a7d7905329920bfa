import type { IncomingMessage, ServerResponse } from 'node:http';
import { RpcSession } from 'capnweb';
import type { Limits } from '../../../shared/model/limits.ts';
import type { World } from '../../base/world.ts';
import { FrameJob } from '../frames/frame-job.ts';
import { Intake } from '../frames/intake.ts';
import { abortMessage, LimitError, statusOf } from '../frames/limit-error.ts';
import { SessionIds } from '../frames/session-ids.ts';
import type { ConnectionQueue } from '../scheduling/connection-queue.ts';
import { BatchTransport } from './batch-server-transport.ts';
import { refuseRequest } from './http-refusal.ts';
import { readBody } from './read-body.ts';
import type { Refusal } from './request-guard.ts';

const NDJSON = 'application/x-ndjson; charset=utf-8';

export interface BatchDeps {
  readonly limits: Limits;
  readonly world: Pick<World, 'after'>;
  /** Makes the root capability for this request's caller. */
  readonly root: () => object;
  /** The queue of this connection, which may carry one batch after another. */
  readonly queue: ConnectionQueue;
}

/**
 * Answers one HTTP batch: a body of newline-separated Cap'n Web messages, answered with the lines
 * that the session sends back. The body is validated and dispatched as a job on its caller's flow.
 * A batch over a limit is refused as a whole, before any call is made, with an `abort` message as
 * its body. A message of an unknown kind ends a batch: earlier calls are answered, followed by an
 * `abort`. Rejects only on internal errors.
 */
export async function answerBatch(
  deps: BatchDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readRequestBody(deps, request, response);
    const outcome = await runBatch(deps, body, response);
    if (outcome.type === 'disconnected') return;
    if (outcome.type === 'late') throw new LateError(deps.limits);
    const { failure, text } = outcome;
    if (failure instanceof LimitError) throw failure;
    response.writeHead(failure === null ? 200 : 400, { 'content-type': NDJSON });
    response.end(text);
  } catch (error) {
    if (error instanceof LimitError || error instanceof LateError) {
      refuse(deps, request, response, error);
    } else if (!request.destroyed) {
      throw error;
    }
  }
}

function readRequestBody(
  { limits }: BatchDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Buffer> {
  if (!isUncoded(request.headers['content-encoding'])) {
    throw new LimitError('not-offered', 'Compressed bodies are not offered here.');
  }
  return readBody(request, limits, () => {
    if (request.headers.expect !== undefined) response.writeContinue();
  });
}

/**
 * Content codings are case-insensitive, and a list may have empty elements (RFC 9110, sections
 * 5.6.1, 8.4).
 */
function isUncoded(codings = ''): boolean {
  return codings.split(',').every((coding) => /^\s*(identity\s*)?$/i.test(coding));
}

/** `answered`: by the session, which may have ended itself on a message it could not process. */
type Outcome =
  | { readonly type: 'answered'; readonly failure: unknown; readonly text: string }
  | { readonly type: 'late' }
  | { readonly type: 'disconnected' };

/** Rejects with a `LimitError` before a session is made. */
async function runBatch(
  { limits, world, root, queue }: BatchDeps,
  body: Buffer,
  response: ServerResponse,
): Promise<Outcome> {
  const outcome = Promise.withResolvers<Outcome>();
  const ids = new SessionIds();
  const transport = new BatchTransport(limits.sendBufferBytes, ids);
  const intake = new Intake(ids, {
    onMessage: (message) => transport.push(message),
    onAnswer: (message) => transport.send(message),
  });
  let session: RpcSession | null = null;
  let left = 0;
  // Read now: releasing the session below counts as a failure of it.
  const answered = () => {
    const { failure, text } = transport;
    outcome.resolve({ type: 'answered', failure, text });
  };
  const work = new FrameJob(body, limits, {
    onChecked: (messages) => {
      left = messages;
      const begun = new RpcSession(transport, root());
      session = begun;
      transport.taken.then(() => begun.drain()).then(answered, answered);
      if (left === 0) transport.complete();
    },
    waits: (shape) => intake.waits(shape),
    onSettled: () => intake.settle(),
    onMessage: (message, shape) => {
      intake.take(message, shape);
      left -= 1;
      if (left === 0) transport.complete();
    },
    onRefused: outcome.reject,
    onEnd: (error) => transport.complete(abortMessage(error)),
  });
  const onClose = () => outcome.resolve({ type: 'disconnected' });
  const cancel = world.after(limits.answerTimeout, () => outcome.resolve({ type: 'late' }));
  response.once('close', onClose);
  queue.offer(work);
  try {
    return await outcome.promise;
  } finally {
    cancel();
    work.cancel();
    response.off('close', onClose);
    // Nothing refers to this session any more: release the results of its calls.
    releaseResults(session);
  }
}

function releaseResults(session: RpcSession | null): void {
  session?.getRemoteMain()[Symbol.dispose]();
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
