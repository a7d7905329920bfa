import type { Limits } from '../../shared/limits.ts';
import type { CheckedMessage } from './frame-guard.ts';
import { LimitError } from './limit-error.ts';
import { heldChange } from './message-shape.ts';
import { TokenBucket } from './token-bucket.ts';

/**
 * How far a caller may go over its rate before the connection ends. Up to here each call too many
 * is refused by itself (see `CallMeter`), which an honest caller in a hurry can live with; a caller
 * that carries on regardless is not worth the work of refusing it call by call.
 */
const TOLERANCE = 2;

/** A call takes about four messages: push, pull, resolve, release. */
const MESSAGES_PER_CALL = 4;

/**
 * Counts what one connection sends before Cap'n Web does any work for it: messages, calls (those
 * nested in arguments too) and results it holds on our side without releasing them.
 */
export class FrameMeter {
  readonly #calls: TokenBucket;
  readonly #messages: TokenBucket;
  readonly #limits: Limits;
  #held = 0;

  constructor(limits: Limits, uptime: () => number) {
    const perSecond = limits.callsPerSecond * TOLERANCE;
    const burst = limits.callBurst * TOLERANCE;
    this.#limits = limits;
    this.#calls = new TokenBucket(perSecond, burst, uptime);
    this.#messages = new TokenBucket(
      perSecond * MESSAGES_PER_CALL,
      burst * MESSAGES_PER_CALL,
      uptime,
    );
  }

  /** Counts a whole frame. @throws LimitError when it is too much */
  admit(messages: readonly CheckedMessage[]): void {
    this.admitMessages(messages.length);
    let calls = 0;
    for (const message of messages) {
      calls += message.calls;
      this.#held += heldChange(message.value);
    }
    if (!this.#calls.take(calls)) throw this.#tooMany('calls');
    if (this.#held > this.#limits.callBurst * TOLERANCE) {
      throw new LimitError(
        'held',
        `Too many answers are held without being released; the limit is ${this.#limits.callBurst * TOLERANCE}.`,
      );
    }
  }

  /** Counts what costs no more than being looked at: an empty frame, a ping. */
  admitMessages(count: number): void {
    if (!this.#messages.take(Math.max(1, count))) throw this.#tooMany('messages');
  }

  #tooMany(what: string): LimitError {
    const { callsPerSecond, callBurst } = this.#limits;
    return new LimitError(
      'calls',
      `Too many ${what}; the limit is ${callsPerSecond} calls a second, ${callBurst} at once.`,
    );
  }
}
