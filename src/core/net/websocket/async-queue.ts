/** Async queue with one consumer: buffered messages, or the read that waits for the next one. */
export class MessageQueue {
  readonly #messages: unknown[] = [];
  #waiting: PromiseWithResolvers<unknown> | null = null;
  #failure: Error | null = null;

  push(message: unknown): void {
    if (this.#failure !== null) return;
    if (this.#waiting === null) {
      this.#messages.push(message);
      return;
    }
    this.#waiting.resolve(message);
    this.#waiting = null;
  }

  /** Ends the queue: buffered messages can still be read, then every `next` rejects with `error`. */
  fail(error: Error): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  /** The next message. One reader at a time. */
  next(): Promise<unknown> {
    if (this.#messages.length > 0) return Promise.resolve(this.#messages.shift());
    if (this.#failure !== null) return Promise.reject(this.#failure);
    this.#waiting ??= Promise.withResolvers<unknown>();
    return this.#waiting.promise;
  }
}
