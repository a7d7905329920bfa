import type { RpcStub } from 'capnweb';
import type { KeptChanges } from '../../shared/bridge/web-bridge.ts';

/**
 * Change feed of one page: delivers what other pages have changed, one delivery at a time, coalescing
 * later changes by key. Ends with the first delivery that fails.
 */
export class ChangeFeed implements Disposable {
  readonly #listener: RpcStub<(changes: KeptChanges) => void>;
  #waiting = new Map<string, string | null>();
  #running = false;
  #ended = false;

  /** Takes ownership of the stub: it is disposed with the feed. */
  constructor(listener: RpcStub<(changes: KeptChanges) => void>) {
    this.#listener = listener;
  }

  readonly push = (changes: KeptChanges): void => {
    if (this.#ended) return;
    for (const [key, value] of Object.entries(changes)) this.#waiting.set(key, value);
    if (!this.#running) void this.#run();
  };

  [Symbol.dispose](): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting.clear();
    this.#listener[Symbol.dispose]();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#waiting.size > 0) {
        const changes = Object.fromEntries(this.#waiting);
        this.#waiting = new Map();
        await this.#listener(changes);
      }
    } catch {
      this[Symbol.dispose]();
    } finally {
      this.#running = false;
    }
  }
}
