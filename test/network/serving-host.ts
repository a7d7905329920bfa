import type { ParleyProcess } from '../support/peers/parley-process.ts';

/** A line of `serve --json`. */
export interface Event {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A `parley serve --json`, whose events are waited for in their order. */
export class ServingHost {
  readonly ready: Event;
  readonly #process: ParleyProcess;
  #seen = 0;

  static async ready(process: ParleyProcess): Promise<ServingHost> {
    return new ServingHost(process, JSON.parse(await process.line(/"event":"ready"/)) as Event);
  }

  constructor(process: ParleyProcess, ready: Event) {
    this.#process = process;
    this.ready = ready;
  }

  /** Where others are told to call it. */
  get addresses(): readonly string[] {
    return this.ready['addresses'] as readonly string[];
  }

  /** Sends a line to the peer that it was started with. */
  type(line: string): void {
    this.#process.type(line);
  }

  stop(): Promise<unknown> {
    return this.#process.stop();
  }

  /** The next event with these fields, after the one that was waited for last. */
  async event(name: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Event> {
    const fits = (event: Event) =>
      event.event === name &&
      Object.entries(fields).every(([field, value]) => event[field] === value);
    for (;;) {
      const { lines } = this.#process;
      while (this.#seen < lines.length) {
        const event = JSON.parse(lines[this.#seen] ?? '') as Event;
        this.#seen += 1;
        if (fits(event)) return event;
      }
      await this.#process.lineAfter(this.#seen);
    }
  }
}
