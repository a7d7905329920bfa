import type { Source } from '../../shared/bridge/channel.ts';

type Listener<Event> = Parameters<Source<Event>>[1];

/** What the main process itself tells its page. */
export class Pushes<Event> {
  readonly #listeners = new Set<Listener<Event>>();
  #seq = 0;
  #pending: Event | null = null;

  /** Whoever comes first also gets what was asked for before there was a page. */
  readonly subscribe: Source<Event> = (_afterSeq, listener) => {
    this.#listeners.add(listener);
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) this.tell(pending);
    return () => this.#listeners.delete(listener);
  };

  /** Tells the page, if there is one. */
  tell(event: Event): void {
    this.#seq += 1;
    for (const listener of [...this.#listeners]) {
      listener({ type: 'events', events: [{ seq: this.#seq, event }] });
    }
  }

  /** The same for what must not be lost: while no page listens, the last one is kept. */
  ask(event: Event): void {
    if (this.#listeners.size > 0) this.tell(event);
    else this.#pending = event;
  }
}
