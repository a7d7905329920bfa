import type { Socket } from 'node:net';
import type { Limits } from '../../../shared/model/limits.ts';
import type { Identity } from '../../../shared/model/model.ts';
import { ProblemError } from '../../../shared/problems/problem.ts';
import { errorCode } from '../../base/error-code.ts';
import { abortError, within } from '../../base/timeout.ts';
import type { World } from '../../base/world.ts';
import type { Channel, Dial, Dialled, DialOptions } from '../../protocol/channel.ts';
import type { FairScheduler } from '../scheduling/fair-scheduler.ts';
import { systemScheduler } from '../scheduling/system-scheduler.ts';
import { createSocketChannel } from '../websocket/websocket-channel.ts';
import { answersCall, createBatchClient } from './batch-client.ts';
import { findHost, type Lookup, type Reached, reachHost, systemLookup } from './connect-tcp.ts';
import { type Secured, SecureError, secureSocket, type TlsCredentials } from './connect-tls.ts';
import { upgradeSocket } from './connect-websocket.ts';
import { dialProblem, type Target } from './dial-problems.ts';
import { exchangeBatch } from './http-post.ts';
import type { Refused } from './refusal-words.ts';
import { refusedStatus } from './refused-status.ts';

/** Timeouts of the steps of a dial, milliseconds. */
export interface DialTimeouts {
  readonly find: number;
  readonly reach: number;
  /** How long one network address is tried alone before the next is tried beside it. */
  readonly stagger: number;
  /** How long the other side may stay silent after our ClientHello. */
  readonly silence: number;
  readonly secure: number;
  readonly recognise: number;
  /** From the connection to the end of the answer of one HTTP batch. */
  readonly answer: number;
}

export const DEFAULT_TIMEOUTS: DialTimeouts = {
  find: 10_000,
  reach: 10_000,
  stagger: 250,
  silence: 4_000,
  secure: 10_000,
  recognise: 10_000,
  answer: 20_000,
};

export interface DialDeps {
  readonly world: World;
  readonly limits: Limits;
  /**
   * Shares the event loop between callers, also on channels that we dialled; its own unless given.
   */
  readonly scheduler?: FairScheduler;
  /** Presented on encrypted connections; null dials unauthenticated. */
  readonly tls: TlsCredentials | null;
  readonly timeouts?: Partial<DialTimeouts>;
  readonly lookup?: Lookup;
}

/** The dependencies with their defaults filled in. */
type DialContext = Required<DialDeps> & { readonly timeouts: DialTimeouts };

interface Attempt extends Target {
  readonly expectIdentity: Identity | null;
  readonly signal: AbortSignal;
  readonly onStep: DialOptions['onStep'];
}

/**
 * Dials over real sockets. An address without a scheme is dialled with TLS first; only if another
 * protocol answers, or the connection is closed or stays silent, a new connection tries the open
 * contract (and where that works after no answer to TLS, TLS is tried once more before it is used).
 * Where encryption is required, or the contact's identity is known, nothing is ever sent in plain
 * text, and not a byte beyond the TLS handshake before the identity was compared. (The handshake
 * itself presents our certificate to whatever answers: TLS offers no point to check in between.)
 */
export function createDial(deps: DialDeps): Dial {
  const context: DialContext = {
    ...deps,
    scheduler: deps.scheduler ?? systemScheduler(deps.limits),
    timeouts: { ...DEFAULT_TIMEOUTS, ...deps.timeouts },
    lookup: deps.lookup ?? systemLookup,
  };
  return (address, { contactName, expectIdentity, signal, onStep }) =>
    dial(context, { address, contactName, expectIdentity, signal, onStep });
}

async function dial(context: DialContext, attempt: Attempt): Promise<Dialled> {
  const { address, expectIdentity, signal, onStep } = attempt;
  onStep('find');
  const addresses = await findHost(context, attempt, signal);
  onStep('reach');
  const reached = await reachHost(context, attempt, addresses, signal);
  if (address.scheme === 'plain' && expectIdentity === null)
    return recognise(context, attempt, reached);

  onStep('secure');
  const secured = await secure(context, attempt, reached.socket);
  if (typeof secured !== 'string') return recognise(context, attempt, reached, secured);
  const again = await reachHost(context, attempt, [reached.via], signal);
  const plain = await recognise(context, attempt, again);
  return secured === 'not-tls' ? plain : reconsider(context, attempt, reached, plain);
}

/**
 * An address that closed or ignored the TLS handshake and then answered in plain text may be a peer
 * that was just starting, or a relay in front of one: that must not downgrade it to plain text.
 */
async function reconsider(
  context: DialContext,
  attempt: Attempt,
  { via }: Reached,
  plain: Dialled,
): Promise<Dialled> {
  const leave = () => plain.type === 'channel' && plain.channel.close(1000, 'Encrypted after all.');
  try {
    const again = await reachHost(context, attempt, [via], attempt.signal);
    const secured = await secure(context, attempt, again.socket);
    if (typeof secured === 'string') return plain;
    leave();
    return await recognise(context, attempt, again, secured);
  } catch (error) {
    leave();
    throw error;
  }
}

/** The reason why the other side has no TLS and may be dialled in plain text. */
async function secure(
  context: DialContext,
  attempt: Attempt,
  raw: Socket,
): Promise<Secured | 'not-tls' | 'unsure'> {
  const { address, expectIdentity, signal } = attempt;
  const { world, scheduler, timeouts, tls: credentials } = context;
  const late = () => dialProblem('timed-out', attempt);
  try {
    const secured = await within(world, timeouts.secure, signal, late, (inner) =>
      secureSocket(raw, {
        world,
        scheduler,
        address,
        credentials,
        peerExpected: expectIdentity !== null,
        limits: context.limits,
        silence: timeouts.silence,
        signal: inner,
      }),
    );
    if (expectIdentity !== null && secured.identity !== expectIdentity) {
      secured.socket.destroy();
      throw dialProblem('identity-changed', attempt, { found: secured.identity ?? '' });
    }
    return secured;
  } catch (error) {
    if (!(error instanceof SecureError)) throw error;
    if (error.reason === 'failed') throw dialProblem('secure-failed', attempt, { cause: error });
    if (expectIdentity === null && address.scheme === 'auto') {
      return error.reason === 'not-tls' ? 'not-tls' : 'unsure';
    }
    throw dialProblem(missingTls(error.reason, expectIdentity !== null), attempt, { cause: error });
  }
}

/** The problem when TLS is missing and required. */
function missingTls(reason: SecureError['reason'], contactExpected: boolean) {
  if (reason === 'silent') return 'timed-out';
  return reason === 'not-tls' && contactExpected ? 'plain-refused' : 'secure-failed';
}

async function recognise(
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
