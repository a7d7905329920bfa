import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { CheckedMessage } from './frame-guard.ts';
import { LimitError } from './limit-error.ts';

/**
 * The server's end of one HTTP batch: gives the session the messages of the request, and gathers
 * what the session sends as the lines of the answer.
 */
export class BatchTransport implements RpcTransportWithCustomEncoding {
  readonly encodingLevel = 'jsonCompatible';
  readonly #messages: Iterator<CheckedMessage>;
  readonly #lines: string[] = [];
  readonly #maxBytes: number;
  #bytes = 0;
  readonly #taken = Promise.withResolvers<void>();
  #failure: unknown = null;

  /** @param maxBytes the longest answer, in bytes */
  constructor(messages: readonly CheckedMessage[], maxBytes: number) {
    this.#messages = messages.values();
    this.#maxBytes = maxBytes;
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
    return this.#lines.join('\n');
  }

  send(message: unknown): number {
    const line = JSON.stringify(message);
    const size = Buffer.byteLength(line);
    this.#bytes += size + 1;
    // capnweb ends the session when sending throws.
    if (this.#bytes > this.#maxBytes) throw tooLong(this.#maxBytes);
    this.#lines.push(line);
    return size;
  }

  receive(): Promise<unknown> {
    const next = this.#messages.next();
    if (next.done !== true) return Promise.resolve(next.value.value);
    this.#taken.resolve();
    // Nothing more will come; the session waits for it until it is disposed.
    return new Promise(() => {});
  }

  abort(reason: unknown): void {
    this.#failure ??= reason;
    this.#taken.resolve();
  }
}

function tooLong(maxBytes: number): LimitError {
  return new LimitError('bytes', `The answer is too big; the limit is ${maxBytes} bytes.`);
}
