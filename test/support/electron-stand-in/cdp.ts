import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
// The package ships these types without exporting their path.
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };

type Commands = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Events = Protocol.EventMap;

interface Incoming {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How DevTools refuses a command to a page that was closed meanwhile. */
const SESSION_NOT_FOUND = -32_001;

/** Whoever was asked is not there any more, and nothing is left to be done for it. */
export class GoneError extends Error {}

/** Chromium's DevTools protocol over a pipe: JSON texts, each ended by a zero byte. */
export class CdpConnection {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #events = new EventEmitter();
  #lastId = 0;
  #buffered: Buffer[] = [];

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    // A write to a Chromium that has just gone fails here; the pending calls are told by `end`.
    out.on('error', () => undefined);
    input.on('data', (chunk: Buffer) => this.#take(chunk));
    input.on('close', () => this.#end());
  }

  /** The browser itself, or a target it was attached to. */
  session(sessionId?: string): CdpSession {
    return new CdpSession(this, sessionId);
  }

  send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  listen(event: string, listener: (params: unknown) => void): void {
    this.#events.on(event, listener);
  }

  #take(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#buffered.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#buffered).toString('utf8');
      this.#buffered = [];
      start = end + 1;
      this.#receive(JSON.parse(text) as Incoming);
    }
    this.#buffered.push(chunk.subarray(start));
  }

  #receive({ id, result, error, method, params, sessionId }: Incoming): void {
    if (id === undefined) {
      this.#events.emit(`${sessionId ?? ''}:${method}`, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error?.code === SESSION_NOT_FOUND) waiting?.reject(new GoneError('The page has gone.'));
    else if (error) waiting?.reject(new Error(`DevTools: ${error.message}`));
    else waiting?.resolve(result);
  }

  #end(): void {
    for (const { reject } of this.#waiting.values()) reject(new GoneError('Chromium has gone.'));
    this.#waiting.clear();
  }
}

/** The commands and events of one target, typed. */
export class CdpSession {
  readonly #connection: CdpConnection;
  readonly #sessionId: string | undefined;

  constructor(connection: CdpConnection, sessionId: string | undefined) {
    this.#connection = connection;
    this.#sessionId = sessionId;
  }

  send<Name extends keyof Commands & keyof Answers>(
    method: Name,
    params?: Commands[Name],
  ): Promise<Answers[Name]> {
    return this.#connection.send(method, params, this.#sessionId) as Promise<Answers[Name]>;
  }

  on<Name extends keyof Events>(event: Name, listener: (params: Events[Name][0]) => void): void {
    const name = `${this.#sessionId ?? ''}:${event}`;
    this.#connection.listen(name, (params) => listener(params as Events[Name][0]));
  }

  attached(sessionId: string): CdpSession {
    return this.#connection.session(sessionId);
  }
}
