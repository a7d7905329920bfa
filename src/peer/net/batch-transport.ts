import type { RpcTransportWithCustomEncoding } from 'capnweb';
import type { CheckedMessage } from './frame-guard.ts';

/**
 * The server's end of one HTTP batch: gives the session the messages of the request, and gathers
 * what the session sends as the lines of the answer.
 */
export class BatchTransport implements RpcTransportWithCustomEncoding {
  readonly encodingLevel = 'jsonCompatible';
  readonly #messages: Iterator<CheckedMessage>;
  readonly #lines: string[] = [];
  readonly #taken = Promise.withResolvers<void>();
  #failed = false;

  constructor(messages: readonly CheckedMessage[]) {
    this.#messages = messages.values();
  }

  /** Resolves when the session has taken every message, or has failed. */
  get taken(): Promise<void> {
    return this.#taken.promise;
  }

  /** Whether the session ended itself; the last line of the answer then says why. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The answer so far. */
  get text(): string {
    return this.#lines.join('\n');
  }

  send(message: unknown): number {
    const line = JSON.stringify(message);
    this.#lines.push(line);
    return Buffer.byteLength(line);
  }

  receive(): Promise<unknown> {
    const next = this.#messages.next();
    if (next.done !== true) return Promise.resolve(next.value.value);
    this.#taken.resolve();
    // Nothing more will come; the session waits for it until it is disposed.
    return new Promise(() => {});
  }

  abort(): void {
    this.#failed = true;
    this.#taken.resolve();
  }
}
