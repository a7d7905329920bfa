import type { Socket } from 'node:net';
import { ProblemError } from '../../../shared/problems/problem.ts';
import { errorCode } from '../../base/error-code.ts';
import { abortError, within } from '../../base/timeout.ts';
import type { Channel, Dialled } from '../../protocol/channel.ts';
import { createSocketChannel } from '../websocket/websocket-channel.ts';
import { answersCall, createBatchClient } from './batch-client.ts';
import { type Reached, reachHost } from './connect-tcp.ts';
import type { Secured } from './connect-tls.ts';
import { upgradeSocket } from './connect-websocket.ts';
import type { Attempt, DialContext } from './dial-context.ts';
import { dialProblem } from './dial-problems.ts';
import { exchangeBatch } from './http-post.ts';
import type { Refused } from './refusal-words.ts';
import { refusedStatus } from './refused-status.ts';

/**
 * What answers on a connection that stands: a peer, with a WebSocket or by HTTP batch alone; any other
 * program is a problem.
 */
export async function recognise(
  context: DialContext,
  attempt: Attempt,
  reached: Reached,
  secured?: Secured,
): Promise<Dialled> {
  attempt.onStep('recognise');
  const upgraded = await upgrade(
    context,
    attempt,
    secured ?? {
      socket: reached.socket,
      identity: null,
      remoteHost: reached.socket.remoteAddress ?? attempt.address.host,
    },
  );
  if ('refused' in upgraded) {
    return fromStatus(context, attempt, reached, upgraded.refused, secured !== undefined);
  }
  if (attempt.signal.aborted) {
    upgraded.close(1001, 'The attempt was given up.');
    throw abortError(attempt.signal);
  }
  return { type: 'channel', channel: upgraded };
}

async function upgrade(
  context: DialContext,
  attempt: Attempt,
  { socket, identity, remoteHost }: Omit<Secured, 'socket'> & { readonly socket: Socket },
) {
  const { world, limits, timeouts, scheduler } = context;
  const late = () => dialProblem('timed-out', attempt);
  const secure = 'encrypted' in socket;
  const toChannel = (webSocket: Parameters<typeof createSocketChannel>[0]['socket']): Channel =>
    createSocketChannel({
      socket: webSocket,
      stream: socket,
      identity,
      secure,
      remoteHost,
      remotePort: attempt.address.port,
      limits,
      world,
      scheduler,
    });
  try {
    return await within(world, timeouts.recognise, attempt.signal, late, (inner) =>
      upgradeSocket(socket, attempt.address, limits, inner, toChannel),
    );
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw dialProblem(upgradeFailure(cause, secure, attempt.expectIdentity !== null), attempt, {
      cause,
    });
  }
}

/**
 * The problem of an upgrade that ended in an error; `proven`: the other side is authenticated as
 * the contact.
 */
function upgradeFailure(error: unknown, secure: boolean, proven: boolean) {
  const code = errorCode(error);
  const hungUp = code === 'ECONNRESET' || code === 'EPIPE';
  if (hungUp && proven) return 'connection-lost';
  // In TLS 1.3 the other side verifies our certificate after our handshake is complete, and rejects
  // it by an alert or by closing the connection.
  return secure && (hungUp || code.includes('ALERT')) ? 'secure-failed' : 'not-a-peer';
}

/** The problem of an HTTP status in place of a WebSocket. */
async function fromStatus(
  context: DialContext,
  attempt: Attempt,
  reached: Reached,
  refused: Refused,
  encrypted: boolean,
): Promise<Dialled> {
  const problem = refusedStatus(refused, attempt);
  if (encrypted || problem.problem.code !== 'not-a-peer') throw problem;
  const answer = await probeBatch(context, attempt, reached);
  if (answersCall(answer, context.limits) !== null) {
    return { type: 'batch', batch: createBatchClient(context, attempt.address) };
  }
  throw refusedStatus(answer, attempt);
}

/**
 * `greet()` distinguishes a batch peer from any other web server: only a peer answers it in Cap'n
 * Web, be it with an error. Every peer of the open contract has it, and it changes nothing there;
 * an empty body would be answered alike by many servers, and the `name` property is younger than
 * `greet`.
 */
const PROBE = '["push",["pipeline",0,["greet"],[]]]\n["pull",1]';

async function probeBatch(context: DialContext, attempt: Attempt, reached: Reached) {
  const { world, limits, timeouts } = context;
  const { socket } = await reachHost(context, attempt, [reached.via], attempt.signal);
  const late = () => dialProblem('timed-out', attempt);
  try {
    return await within(world, timeouts.recognise, attempt.signal, late, (inner) =>
      exchangeBatch(socket, attempt.address, PROBE, limits.bodyBytes, inner),
    );
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw dialProblem('not-a-peer', attempt, { cause });
  }
}
