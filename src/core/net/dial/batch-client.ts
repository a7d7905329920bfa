import { RpcSession, type RpcTransportWithCustomEncoding } from 'capnweb';
import type { PeerAddress } from '../../../shared/address/address.ts';
import type { Limits } from '../../../shared/model/limits.ts';
import { reason } from '../../../shared/problems/problem-reasons.ts';
import { within } from '../../base/timeout.ts';
import { type BatchEndpoint, CallError } from '../../protocol/channel.ts';
import { rejected } from '../frames/intake.ts';
import { readFrame } from '../frames/validate-frame.ts';
import { findHost, type ReachDeps, reachHost } from './connect-tcp.ts';
import { dialProblem, type Target } from './dial-problems.ts';
import { type BatchAnswer, exchangeBatch } from './http-post.ts';

export interface BatchDeps extends ReachDeps {
  readonly limits: Limits;
  readonly timeouts: ReachDeps['timeouts'] & {
    /** Milliseconds from the connection to the end of the answer. */
    readonly answer: number;
  };
}

/** The first call of a session has the import id 1, and we make one call a session. */
const CALL_ID = 1;

type Message = readonly unknown[];

/** Calls the open contract at an address, one HTTP request per call. Nothing is open in between. */
export function createBatchClient(deps: BatchDeps, address: PeerAddress): BatchEndpoint {
  const target = { address, contactName: address.host };
  return { call: (method, args) => callOnce(deps, target, method, args) };
}

async function callOnce(
  deps: BatchDeps,
  target: Target,
  method: string,
  args: readonly unknown[] | null,
): Promise<unknown> {
  const transport = new OneBatch((body) => post(deps, target, body));
  const session = new RpcSession<Record<string, unknown>>(transport, undefined, {
    limits: { maxDepth: deps.limits.nesting },
  });
  const main = session.getRemoteMain() as unknown as Remote;
  try {
    const member = main[method];
    return await (args === null ? member : member?.(...args));
  } catch (error) {
    throw transport.explain(error);
  } finally {
    main[Symbol.dispose]();
  }
}

type Remote = Record<string, ((...args: readonly unknown[]) => PromiseLike<unknown>) | undefined> &
  Disposable;

/**
 * Sends one request with everything that the session sends in its first tick, and passes it the
 * answer's messages. Tracks how far the call came: the session's own errors do not say.
 */
class OneBatch implements RpcTransportWithCustomEncoding {
  readonly encodingLevel = 'jsonCompatible';
  readonly #post: (body: string) => Promise<readonly Message[]>;
  readonly #answer: Promise<Message[]>;
  #outgoing: string[] | null = [];
  #failure: CallError | null = null;
  #rejected = false;

  constructor(post: (body: string) => Promise<readonly Message[]>) {
    this.#post = post;
    this.#answer = this.#exchange();
  }

  send(message: unknown): void {
    // Messages after the request (releases) concern a session that ends with it.
    this.#outgoing?.push(JSON.stringify(message));
  }

  async receive(): Promise<unknown> {
    const message = (await this.#answer).shift();
    if (message === undefined) throw new Error('The answer has no more messages.');
    if (message[0] === 'reject' && message[1] === CALL_ID) this.#rejected = true;
    return message;
  }

  /** The error of the call, with its outcome. */
  explain(error: unknown): CallError {
    if (this.#failure !== null) return this.#failure;
    const text = error instanceof Error ? error.message : String(error);
    return new CallError(this.#rejected ? 'rejected' : 'unanswered', text, { cause: error });
  }

  async #exchange(): Promise<Message[]> {
    // The call reaches the session in this tick, its pull when the caller awaits it.
    await new Promise((resolve) => setImmediate(resolve));
    const body = (this.#outgoing ?? []).join('\n');
    this.#outgoing = null;
    try {
      return [...(await this.#post(body))];
    } catch (error) {
      this.#failure = error instanceof CallError ? error : unanswered(error);
      throw this.#failure;
    }
  }
}

/** Rejects with a `CallError`; `not-sent` exactly when no connection was established. */
async function post(deps: BatchDeps, target: Target, body: string): Promise<readonly Message[]> {
  // A call has no abort signal: its timeouts bound it.
  const { signal } = new AbortController();
  const { socket } = await connectTo(deps, target, signal).catch((cause: Error) => {
    throw new CallError('not-sent', cause.message, { cause });
  });
  const late = () => dialProblem('no-answer', target);
  const answer = await within(deps.world, deps.timeouts.answer, signal, late, (inner) =>
    exchangeBatch(socket, target.address, body, deps.limits.bodyBytes, inner),
  ).catch((cause: unknown) => {
    throw unanswered(cause);
  });
  const messages = answersCall(answer, deps.limits);
  if (messages !== null) return messages;
  const why = answer.words || reason('answer-status', { status: answer.status });
  throw new CallError(isRefusal(answer.status) ? 'rejected' : 'unanswered', why);
}

async function connectTo(deps: BatchDeps, target: Target, signal: AbortSignal) {
  return reachHost(deps, target, await findHost(deps, target, signal), signal);
}

function unanswered(cause: unknown): CallError {
  return new CallError('unanswered', 'No complete answer came.', { cause });
}

/** A redirect or a 4xx means that the request was not carried out; a 5xx leaves that open. */
function isRefusal(status: number): boolean {
  return status >= 300 && status < 500;
}

/**
 * The messages of an answer if one of them settles the call, else null. The status does not matter
 * then: the peer understood the call and answered it.
 */
export function answersCall(answer: BatchAnswer, limits: Limits): readonly Message[] | null {
  const messages = readMessages(answer.body, limits);
  return messages.some(([kind, id]) => SETTLES.has(kind) && id === CALL_ID) ? messages : null;
}

const SETTLES: ReadonlySet<unknown> = new Set(['resolve', 'reject']);

function readMessages(body: Uint8Array, limits: Limits): readonly Message[] {
  try {
    const messages = readFrame(body, limits);
    const end = messages.findIndex(({ shape }) => shape.ends !== null);
    return messages
      .slice(0, end < 0 ? messages.length : end)
      .map(({ value, shape }) => (shape.refusal === null ? value : rejected(value, shape.refusal)));
  } catch {
    return [];
  }
}
