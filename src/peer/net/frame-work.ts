import type { Limits } from '../../shared/limits.ts';
import { type CheckedMessage, checkMessage, decodeUtf8, splitMessages } from './frame-guard.ts';
import { LimitError } from './limit-error.ts';
import { heldChange, writesOf } from './message-shape.ts';
import type { TurnWork } from './turn-lane.ts';

/** What becomes of a frame. */
export interface FrameSink {
  /**
   * All of it is within the limits; nothing has been handed on yet. Told how many messages there are
   * and by how many they change the results that the caller holds. @throws LimitError
   */
  readonly onChecked: (messages: number, held: number) => void;
  readonly onMessage: (value: readonly unknown[]) => void;
  /** Instead of anything handed on. */
  readonly onRefused: (error: LimitError) => void;
}

/*
 * Weights are about microseconds on the computer that the bench ran on first: a `greet` (push, pull,
 * release: three messages, one call) takes about 50 of a server.
 */
const MESSAGE = 8;
const CALL = 25;
/** What a message to be stored costs before it waits for its transaction. */
const WRITE = 20;
const VALUES_A_UNIT = 8;
/** Decoding, splitting and parsing. */
const BYTES_A_UNIT = 400;

/**
 * One frame, or one body, from its bytes to the session: read, checked whole, then handed on message
 * by message, in pieces that each take little time. What has been checked and waits is kept as text and
 * parsed again: many frames wait when somebody floods us, and small objects that live on are what
 * collecting garbage costs.
 */
export class FrameWork implements TurnWork {
  readonly bytes: number;
  readonly #limits: Limits;
  readonly #sink: FrameSink;
  #data: Uint8Array | null;
  #lines: readonly string[] = [];
  /** What handing on each line weighs. */
  readonly #weights: number[] = [];
  #held = 0;
  #handedOn = 0;
  #done = false;

  constructor(data: Uint8Array, limits: Limits, sink: FrameSink) {
    this.#data = data;
    this.bytes = data.length;
    this.#limits = limits;
    this.#sink = sink;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Does no more. */
  cancel(): void {
    this.#done = true;
    this.#data = null;
  }

  step(): number {
    if (this.#done) return 1;
    try {
      if (this.#data !== null) return this.#read(this.#data);
      if (this.#weights.length < this.#lines.length) return this.#check();
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      this.cancel();
      this.#sink.onRefused(error);
      return MESSAGE + CALL;
    }
    return this.#handOn();
  }

  #read(data: Uint8Array): number {
    this.#data = null;
    this.#lines = splitMessages(decodeUtf8(data), this.#limits);
    const weight = 1 + data.length / BYTES_A_UNIT;
    // Most frames hold one message: they need no second piece.
    if (this.#lines.length === 1) return weight + this.#checkOnly(this.#lines[0] ?? '');
    if (this.#lines.length === 0) {
      this.#done = true;
      this.#sink.onChecked(0, 0);
    }
    return weight;
  }

  #checkOnly(line: string): number {
    this.#done = true;
    const message = checkMessage(line, this.#limits);
    this.#sink.onChecked(1, heldChange(message.value));
    this.#sink.onMessage(message.value);
    return weightOf(message);
  }

  #check(): number {
    const message = checkMessage(this.#lines[this.#weights.length] ?? '', this.#limits);
    this.#weights.push(weightOf(message));
    this.#held += heldChange(message.value);
    if (this.#weights.length === this.#lines.length) {
      this.#sink.onChecked(this.#lines.length, this.#held);
    }
    return 1 + message.values / VALUES_A_UNIT;
  }

  #handOn(): number {
    const index = this.#handedOn;
    this.#handedOn += 1;
    if (this.#handedOn >= this.#lines.length) this.#done = true;
    this.#sink.onMessage(JSON.parse(this.#lines[index] ?? ''));
    return this.#weights[index] ?? MESSAGE;
  }
}

function weightOf({ value, calls, values }: CheckedMessage): number {
  return Math.round(MESSAGE + CALL * calls + WRITE * writesOf(value) + values / VALUES_A_UNIT);
}
