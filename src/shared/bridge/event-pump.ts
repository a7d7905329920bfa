import type { Source } from './channel.ts';
import type { Batch, Sequenced } from './events.ts';
import type { Unsubscribe } from './outcome.ts';

/** Events in one delivery: bounds the size of one message. */
const BATCH = 50;
/** Events kept for a subscriber that is slow; beyond, it gets a `gap` and reads everything anew. */
const MAX_WAITING = 2_000;

/**
 * Backpressure, the same for every subscriber of a bridge: brings events one delivery at a time; while
 * one is under way, what happens meanwhile is gathered. Whoever cannot keep up gets a `gap` instead of
 * an endless queue. Ends with the first delivery that fails.
 */
export class EventPump<Event> {
  readonly #deliver: (batch: Batch<Event>) => PromiseLike<unknown>;
  #waiting: Sequenced<Event>[] = [];
  #gap = false;
  #running = false;
  #ended = false;

  constructor(deliver: (batch: Batch<Event>) => PromiseLike<unknown>) {
    this.#deliver = deliver;
  }

  push(batch: Batch<Event>): void {
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

  #next(): Batch<Event> | null {
    if (this.#gap) {
      this.#gap = false;
      return { type: 'gap' };
    }
    const events = this.#waiting.splice(0, BATCH);
    return events.length > 0 ? { type: 'events', events } : null;
  }
}

/** Subscribes to `source` by a pump: `deliver` settles when the subscriber can take more. */
export function pumped<Event>(
  source: Source<Event>,
  afterSeq: number,
  deliver: (batch: Batch<Event>) => PromiseLike<unknown>,
): Unsubscribe {
  const pump = new EventPump(deliver);
  const unsubscribe = source(afterSeq, (batch) => pump.push(batch));
  return () => {
    unsubscribe();
    pump.end();
  };
}
