import type { EventBatch, PeerEvent, SequencedEvent } from '../../shared/bridge/events.ts';
import type { Unsubscribe } from '../../shared/bridge/outcome.ts';

type Listener = (batch: EventBatch) => void;

/** Events kept for a subscriber that joins late or reconnects. */
const KEPT_EVENTS = 1_000;

/** Numbers the core's events and delivers them to subscribers, each from where it left off. */
export class EventLog {
  #seq = 0;
  readonly #recent: SequencedEvent[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #onUnexpected: (error: unknown) => void;

  constructor(onUnexpected: (error: unknown) => void) {
    this.#onUnexpected = onUnexpected;
  }

  /** The number of the newest event; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  publish(event: PeerEvent): void {
    this.#seq += 1;
    const sequenced: SequencedEvent = { seq: this.#seq, event };
    this.#recent.push(sequenced);
    if (this.#recent.length > KEPT_EVENTS) this.#recent.shift();
    const batch: EventBatch = { type: 'events', events: [sequenced] };
    for (const listener of [...this.#listeners]) this.#tell(listener, batch);
  }

  /** Too much changed for single events: every subscriber must read a new snapshot. */
  announceGap(): void {
    this.#seq += 1;
    this.#recent.length = 0;
    for (const listener of [...this.#listeners]) this.#tell(listener, { type: 'gap' });
  }

  /**
   * Calls `listener` at once with the events after `afterSeq` (or `gap` when they are no longer
   * kept, or were never ours), then with each new one.
   */
  subscribe(afterSeq: number, listener: Listener): Unsubscribe {
    const oldest = this.#recent[0]?.seq ?? this.#seq + 1;
    if (afterSeq > this.#seq || afterSeq < oldest - 1) {
      this.#tell(listener, { type: 'gap' });
    } else if (afterSeq < this.#seq) {
      const events = this.#recent.slice(afterSeq - oldest + 1);
      this.#tell(listener, { type: 'events', events });
    }
    // A wrapper, so that one function subscribed twice is two subscriptions.
    const own: Listener = (batch) => listener(batch);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  #tell(listener: Listener, batch: EventBatch): void {
    try {
      listener(batch);
    } catch (error) {
      this.#onUnexpected(error);
    }
  }
}
