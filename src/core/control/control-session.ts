import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import { pumped } from '../../shared/bridge/event-pump.ts';
import type { Outcome, Unsubscribe } from '../../shared/bridge/outcome.ts';
import { ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import { errorCode } from '../base/error-code.ts';
import type { Transfer } from '../profile/transfer.ts';
import { boundedLines, LineTooLong } from './bounded-lines.ts';
import {
  type Answer,
  CONTROL_VERSION,
  clientHello,
  clientProof,
  importPiece,
  MAX_GREETING,
  MAX_REQUEST,
  parseLine,
  proofOf,
  request,
  sameProof,
} from './control-protocol.ts';
import { drained, sendLine } from './send-line.ts';

/** Time for a client to prove itself, milliseconds. */
const GREETING_TIMEOUT = 5_000;
/** Time for a client to take its last answers, milliseconds. */
const FAREWELL_TIMEOUT = 1_000;
/** Commands that one client may have under way. */
const MAX_UNDER_WAY = 64;

export interface SessionDeps {
  readonly secret: string;
  readonly dispatch: (name: unknown, input: unknown) => Promise<Outcome<unknown>>;
  readonly subscribe: PeerApp['subscribe'];
  readonly transfer: Transfer;
  readonly isApp: boolean;
  readonly onYield: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

type Request = z.infer<typeof request>;

/** One program at the control endpoint. Its mistakes are answered or end its connection, no more. */
export class ControlSession {
  readonly #socket: Socket;
  readonly #deps: SessionDeps;
  readonly #underWay = new Set<Promise<void>>();
  readonly #subscriptions = new Map<number, Unsubscribe>();
  #ending = false;

  constructor(socket: Socket, deps: SessionDeps) {
    this.#socket = socket;
    this.#deps = deps;
  }

  /** Serves until either side hangs up; `refused` only says that there are too many clients. */
  async run(refused: boolean): Promise<void> {
    let limit = MAX_GREETING;
    // What is wrong with a line can still be said when reading ends.
    const bytes = this.#socket.iterator({ destroyOnReturn: false });
    const lines = boundedLines(bytes, () => limit);
    try {
      if (!(await this.#greet(lines))) return;
      limit = MAX_REQUEST;
      if (refused) this.#refuse('over-limit', { what: 'programs that use this profile' });
      else {
        for await (const line of lines) {
          await this.#serve(line, lines);
          if (this.#ending) break;
        }
      }
    } catch (error) {
      if (error instanceof LineTooLong) {
        this.#refuse('over-limit', { what: 'a line of the control connection' });
      } else if (!isHangUp(error)) {
        this.#deps.onUnexpected(error);
      }
    } finally {
      for (const unsubscribe of this.#subscriptions.values()) unsubscribe();
      this.end();
    }
  }

  /** Hangs up when what was answered is sent, or when the other side does not take it. */
  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#socket.resume().destroySoon();
    const timer = setTimeout(() => this.#socket.destroy(), FAREWELL_TIMEOUT);
    this.#socket.once('close', () => clearTimeout(timer));
  }

  async #greet(lines: AsyncGenerator<string>): Promise<boolean> {
    const timer = setTimeout(() => this.#socket.destroy(), GREETING_TIMEOUT);
    try {
      const hello = parseLine(clientHello, await nextLine(lines));
      if (hello === null) return false;
      const { secret, isApp } = this.#deps;
      const nonce = randomBytes(16).toString('hex');
      const proof = proofOf('server', secret, hello.nonce, nonce);
      sendLine(this.#socket, { parley: CONTROL_VERSION, nonce, proof, lasting: isApp });
      const answer = parseLine(clientProof, await nextLine(lines));
      const expected = proofOf('client', secret, hello.nonce, nonce);
      return answer !== null && sameProof(answer.proof, expected);
    } finally {
      clearTimeout(timer);
    }
  }

  async #serve(line: string, lines: AsyncGenerator<string>): Promise<void> {
    const asked = parseLine(request, line);
    if (asked === null) {
      this.#refuse('bad-input', reason('command-malformed'));
      return;
    }
    switch (asked.do) {
      case 'command':
        return this.#command(asked);
      case 'subscribe':
        return this.#subscribe(asked);
      case 'unsubscribe':
        this.#subscriptions.get(asked.id)?.();
        this.#subscriptions.delete(asked.id);
        return;
      case 'yield':
        this.#deps.onYield();
        return;
      case 'export':
        return this.#answer(asked.id, () => this.#export(asked.id));
      case 'import':
        return this.#import(asked.id, lines);
    }
  }

  /** Starts a command; waits only while the client does not read, or has too many under way. */
  async #command({ id, name, input }: Extract<Request, { do: 'command' }>): Promise<void> {
    const task: Promise<void> = this.#deps
      .dispatch(name, input)
      .then((outcome) => this.#send({ id, outcome }))
      .finally(() => this.#underWay.delete(task));
    this.#underWay.add(task);
    if (this.#underWay.size >= MAX_UNDER_WAY) await Promise.race(this.#underWay);
    await drained(this.#socket);
  }

  #subscribe({ id, afterSeq }: Extract<Request, { do: 'subscribe' }>): void {
    this.#subscriptions.get(id)?.();
    const unsubscribe = pumped(this.#deps.subscribe, afterSeq, (batch) => {
      this.#send({ id, batch });
      return drained(this.#socket);
    });
    this.#subscriptions.set(id, unsubscribe);
  }

  async #export(id: number): Promise<null> {
    for await (const chunk of this.#deps.transfer.exportAll()) {
      if (this.#socket.destroyed) break;
      this.#send({ id, chunk });
      await drained(this.#socket);
    }
    return null;
  }

  async #import(id: number, lines: AsyncGenerator<string>): Promise<void> {
    const upload = new Upload(lines);
    await this.#answer(id, () => this.#deps.transfer.importAll(upload.pieces()));
    // What the client sent before it heard of a failure is no request.
    await upload.skipRest();
  }

  async #answer(id: number, work: () => Promise<unknown>): Promise<void> {
    let outcome: Outcome<unknown>;
    try {
      outcome = { ok: true, value: await work() };
    } catch (error) {
      if (error instanceof LineTooLong || isHangUp(error)) throw error;
      if (!(error instanceof ProblemError)) this.#deps.onUnexpected(error);
      outcome = { ok: false, problem: problemOf(error) };
    }
    this.#send({ id, outcome });
  }

  #refuse(...[code, params]: Parameters<typeof problem>): void {
    this.#send({ id: null, outcome: { ok: false, problem: problem(code, params) } });
    this.end();
  }

  #send(answer: Answer): void {
    sendLine(this.#socket, answer);
  }
}

/** The text of an import; a client that hangs up before its end has sent a file that ends early. */
class Upload {
  readonly #lines: AsyncGenerator<string>;
  #ended = false;

  constructor(lines: AsyncGenerator<string>) {
    this.#lines = lines;
  }

  async *pieces(): AsyncGenerator<string> {
    for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk;
  }

  async skipRest(): Promise<void> {
    while (!this.#ended) await this.#next();
  }

  async #next(): Promise<string | null> {
    const piece = this.#ended ? null : parseLine(importPiece, await nextLine(this.#lines));
    if (piece !== null && 'chunk' in piece) return piece.chunk;
    this.#ended = true;
    return null;
  }
}

/** The next line; an empty one when there is none. The others stay to be read. */
async function nextLine(lines: AsyncGenerator<string>): Promise<string> {
  const { value, done } = await lines.next();
  return done ? '' : value;
}

/** Whether a connection simply ended. */
function isHangUp(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(errorCode(error));
}
