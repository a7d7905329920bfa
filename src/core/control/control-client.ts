import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { EventBatch } from '../../shared/bridge/events.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import { ProblemError, problem } from '../../shared/problems/problem.ts';
import { boundedLines } from './bounded-lines.ts';
import {
  type Answer,
  CONTROL_VERSION,
  type clientProof,
  MAX_ANSWER,
  MAX_GREETING,
  parseLine,
  proofOf,
  sameProof,
  serverHello,
} from './control-protocol.ts';
import { sendLine } from './send-line.ts';
import { type ControlRecord, readRecord } from './socket-path.ts';

/** Time for the app to answer the greeting: it may be busy with its disk, milliseconds. */
const GREETING_TIMEOUT = 5_000;

export interface ControlConnection {
  /** Whether the app itself runs, not only another command. */
  readonly isApp: boolean;
  /** Fires when the app has gone, with the problem that says so. */
  readonly lost: AbortSignal;
  readonly ask: (name: string, input: unknown) => Promise<Outcome<unknown>>;
  readonly subscribe: (afterSeq: number, listener: (batch: EventBatch) => void) => Unsubscribe;
  /** Says that the app wants to start here. */
  readonly askToYield: () => void;
  /** A connection of its own for a transfer. Rejects with `app-gone`. */
  readonly stream: () => Promise<ControlStream>;
  readonly close: () => void;
}

/** A greeted connection: its socket and the answers that come on it. */
export interface ControlStream {
  readonly socket: Socket;
  readonly answers: AsyncGenerator<Answer>;
  readonly isApp: boolean;
}

/** Connects to the app that runs on a profile; null when none does. */
export async function connectControl(dataDir: string): Promise<ControlConnection | null> {
  const record = await readRecord(dataDir);
  if (record === null) return null;
  const stream = await greeted(record);
  return stream && new Connection(record, stream);
}

/** A connection on which both sides have proven themselves; null when nobody does so there. */
async function greeted({ path, secret }: ControlRecord): Promise<ControlStream | null> {
  const socket = createConnection(path);
  socket.on('error', () => undefined);
  const timer = setTimeout(() => socket.destroy(), GREETING_TIMEOUT);
  try {
    await once(socket, 'connect');
    let limit = MAX_GREETING;
    const lines = boundedLines(socket, () => limit);
    const nonce = randomBytes(16).toString('hex');
    sendLine(socket, { parley: CONTROL_VERSION, nonce });
    const { value } = await lines.next();
    const hello = parseLine(serverHello, value ?? '');
    if (!hello || !sameProof(hello.proof, proofOf('server', secret, nonce, hello.nonce))) {
      socket.destroy();
      return null;
    }
    const proof: typeof clientProof._zod.output = {
      proof: proofOf('client', secret, nonce, hello.nonce),
    };
    sendLine(socket, proof);
    limit = MAX_ANSWER;
    return { socket, answers: answersOn(lines), isApp: hello.lasting };
  } catch {
    socket.destroy();
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function* answersOn(lines: AsyncGenerator<string>): AsyncGenerator<Answer> {
  for await (const line of lines) yield JSON.parse(line) as Answer;
}

class Connection implements ControlConnection {
  readonly isApp: boolean;
  readonly #record: ControlRecord;
  readonly #socket: Socket;
  readonly #lost = new AbortController();
  readonly #waiting = new Map<number, PromiseWithResolvers<Outcome<unknown>>>();
  readonly #listeners = new Map<number, (batch: EventBatch) => void>();
  #nextId = 1;

  constructor(record: ControlRecord, { socket, answers, isApp }: ControlStream) {
    this.#record = record;
    this.#socket = socket;
    this.isApp = isApp;
    this.#read(answers).then(
      (reason) => this.#lose(reason),
      () => this.#lose(gone()),
    );
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  ask(name: string, input: unknown): Promise<Outcome<unknown>> {
    const id = this.#newId();
    const waiting = Promise.withResolvers<Outcome<unknown>>();
    if (this.lost.aborted) waiting.reject(this.lost.reason);
    else this.#waiting.set(id, waiting);
    sendLine(this.#socket, { id, do: 'command', name, input });
    return waiting.promise;
  }

  subscribe(afterSeq: number, listener: (batch: EventBatch) => void): Unsubscribe {
    const id = this.#newId();
    this.#listeners.set(id, listener);
    sendLine(this.#socket, { id, do: 'subscribe', afterSeq });
    return () => {
      if (this.#listeners.delete(id)) sendLine(this.#socket, { id, do: 'unsubscribe' });
    };
  }

  askToYield(): void {
    sendLine(this.#socket, { id: this.#newId(), do: 'yield' });
  }

  async stream(): Promise<ControlStream> {
    return (await greeted(this.#record)) ?? Promise.reject(gone());
  }

  close(): void {
    this.#socket.destroySoon();
  }

  #newId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  /** Hands out what comes until nothing does; the answer says why. */
  async #read(answers: AsyncIterable<Answer>): Promise<ProblemError> {
    for await (const { id, outcome, batch } of answers) {
      if (id === null) return refusal(outcome);
      if (batch !== undefined) this.#listeners.get(id)?.(batch as EventBatch);
      if (outcome === undefined) continue;
      this.#waiting.get(id)?.resolve(outcome as Outcome<unknown>);
      this.#waiting.delete(id);
    }
    return gone();
  }

  #lose(reason: ProblemError): void {
    this.#lost.abort(reason);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#listeners.clear();
    this.#socket.destroy();
  }
}

function gone(): ProblemError {
  return new ProblemError(problem('app-gone'));
}

/** Why the app does not serve us. */
export function refusal(outcome: unknown): ProblemError {
  const { ok, problem: reason } = outcome as Extract<Outcome<unknown>, { ok: false }>;
  return ok ? gone() : new ProblemError(reason);
}
