import type { EventBatch, SequencedEvent } from '../../shared/bridge/events.ts';

/** Events in one delivery: bounds the size of one Cap'n Web message. */
const BATCH = 50;
/** Events kept for a page that is slow; beyond, it gets a `gap` and reads everything anew. */
const MAX_WAITING = 2_000;

/**
 * Brings events to a page one delivery at a time: while one is under way, what happens meanwhile is
 * gathered. A page that cannot keep up gets a `gap` instead of an endless queue. Ends with the first
 * delivery that fails.
 */
export class EventPump {
  readonly #deliver: (batch: EventBatch) => PromiseLike<unknown>;
  #waiting: SequencedEvent[] = [];
  #gap = false;
  #running = false;
  #ended = false;

  constructor(deliver: (batch: EventBatch) => PromiseLike<unknown>) {
    this.#deliver = deliver;
  }

  push(batch: EventBatch): void {
    if (this.#ended) return;
    if (batch.type === 'gap') this.#lose();
    else this.#waiting.push(...batch.events);
    if (this.#waiting.length > MAX_WAITING) this.#lose();
    if (!this.#running) void this.#run();
  }

  end(): void {
    this.#ended = true;
    this.#waiting = [];
    this.#gap = false;
  }

  #lose(): void {
    this.#waiting = [];
    this.#gap = true;
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (let batch = this.#next(); batch; batch = this.#next()) await this.#deliver(batch);
    } catch {
      this.end();
    } finally {
      this.#running = false;
    }
  }

  #next(): EventBatch | null {
    if (this.#gap) {
      this.#gap = false;
      return { type: 'gap' };
    }
    const events = this.#waiting.splice(0, BATCH);
    return events.length > 0 ? { type: 'events', events } : null;
  }
}
