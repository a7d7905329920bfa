import { LimitError } from './limit-error.ts';
import { isInteger } from './rpc-expression.ts';

/** Prefix of every exported capability. Quotes in strings are escaped, so no string contains it. */
const EXPORT = '["export",';

/**
 * Export table of one session, by the ids that both sides count up: 0 is the main capability,
 * positive ids are results of the peer's calls, negative ones are capabilities that we have sent.
 * Mirrors capnweb's own table, because an unknown id there ends the session.
 */
export class SessionIds {
  readonly #results = new Set<number>();
  /** Reference count of each capability: how often it was sent. */
  readonly #capabilities = new Map<number, number>([[0, 1]]);
  #next = 1;

  /** The id of the newest result; 0 when there was none. */
  get newest(): number {
    return this.#next - 1;
  }

  has(id: number): boolean {
    return id > 0 ? this.#results.has(id) : this.#capabilities.has(id);
  }

  /** A call takes the next id, also one that is refused. */
  called(): void {
    this.#results.add(this.#next);
    this.#next += 1;
  }

  /** Like `called`, but the id is released with its answer. */
  calledOnce(): void {
    this.#next += 1;
  }

  /** @throws LimitError when more is released than is held */
  released(id: number, count: number): void {
    const held = id > 0 ? Number(this.#results.has(id)) : (this.#capabilities.get(id) ?? 0);
    if (count > held) throw new LimitError('not-a-message', 'What is released is not held.');
    if (id > 0) this.#results.delete(id);
    else if (count === held) this.#capabilities.delete(id);
    else this.#capabilities.set(id, held - count);
  }

  /** `message` is sent, as `text`: records the capabilities in it. */
  sending(message: unknown, text: string): void {
    // Nearly every message has none.
    if (text.includes(EXPORT)) this.#noteExports(message);
  }

  #noteExports(message: unknown): void {
    if (!Array.isArray(message)) return;
    const pending: unknown[] = message.filter(isContainer);
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (Array.isArray(value) && value[0] === 'export' && isInteger(value[1])) {
        this.#capabilities.set(value[1], (this.#capabilities.get(value[1]) ?? 0) + 1);
      } else {
        for (const part of Object.values(value as object))
          if (isContainer(part)) pending.push(part);
      }
    }
  }
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
