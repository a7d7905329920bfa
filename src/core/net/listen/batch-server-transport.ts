import type { RpcTransportWithCustomEncoding } from 'capnweb';
import { LimitError } from '../frames/limit-error.ts';
import type { SessionIds } from '../frames/session-ids.ts';

/**
 * The server's end of one HTTP batch: feeds the session the request's messages as they are
 * dispatched, and collects the session's messages as the lines of the answer.
 */
export class BatchTransport implements RpcTransportWithCustomEncoding {
  readonly encodingLevel = 'jsonCompatible';
  readonly #messages: unknown[] = [];
  readonly #lines: string[] = [];
  readonly #maxBytes: number;
  readonly #ids: SessionIds;
  /** The session's pending read, when it has to wait for a message. */
  #asked: ((message: unknown) => void) | null = null;
  #complete = false;
  /** The last line of the answer. */
  #last: string | null = null;
  #bytes = 0;
  readonly #taken = Promise.withResolvers<void>();
  #failure: unknown = null;

  /**
   * @param maxBytes the longest answer, in bytes
   * @param ids records the capabilities that are sent
   */
  constructor(maxBytes: number, ids: SessionIds) {
    this.#maxBytes = maxBytes;
    this.#ids = ids;
  }

  /** Resolves when the session has taken every message, or has failed. */
  get taken(): Promise<void> {
    return this.#taken.promise;
  }

  /**
   * Why the session ended itself; null while it has not. A `LimitError` when the answer grew too
   * long, else the last line of the answer says why.
   */
  get failure(): unknown {
    return this.#failure;
  }

  /** The answer so far. */
  get text(): string {
    return [...this.#lines, ...(this.#last === null ? [] : [this.#last])].join('\n');
  }

  /** Hands a message on to the session. */
  push(message: unknown): void {
    const asked = this.#asked;
    this.#asked = null;
    if (asked === null) this.#messages.push(message);
    else asked(message);
  }

  /**
   * No more messages will come.
   *
   * @param last the last line of the answer
   */
  complete(last?: readonly unknown[]): void {
    this.#complete = true;
    this.#last = last === undefined ? null : JSON.stringify(last);
    if (this.#asked !== null) this.#taken.resolve();
  }

  send(message: unknown): number {
    const line = JSON.stringify(message);
    this.#ids.sending(message, line);
    const size = Buffer.byteLength(line);
    this.#bytes += size + 1;
    // capnweb ends the session when sending throws.
    if (this.#bytes > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#lines.push(line);
    return size;
  }

  receive(): Promise<unknown> {
    if (this.#messages.length > 0) return Promise.resolve(this.#messages.shift());
    if (this.#complete) this.#taken.resolve();
    // After the last message the session's read stays pending until it is disposed.
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  abort(reason: unknown): void {
    this.#failure ??= reason;
    this.#taken.resolve();
  }
}

function tooLong(maxBytes: number): LimitError {
  return new LimitError('bytes', `The answer is too big; the limit is ${maxBytes} bytes.`);
}
