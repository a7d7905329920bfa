import type { Limits } from '../../../shared/model/limits.ts';
import type { Barrier, Job } from '../scheduling/job.ts';
import { LimitError } from './limit-error.ts';
import { heldChange, type MessageShape, writesOf } from './rpc-message.ts';
import { type CheckedMessage, checkMessage, decodeUtf8, splitMessages } from './validate-frame.ts';

/** Receives the outcome of a frame. */
export interface FrameSink {
  /**
   * The whole frame is within the limits; nothing has been dispatched yet. Gets the number of messages
   * and the net change of results that the caller holds. @throws LimitError
   */
  readonly onChecked: (messages: number, held: number) => void;
  /** Whether the next message has to wait until the calls before it have ended. */
  readonly waits: (shape: MessageShape) => boolean;
  /** All calls before the next message have ended, as it required. */
  readonly onSettled: () => void;
  /** @throws LimitError if neither this message nor any after it can be accepted */
  readonly onMessage: (value: readonly unknown[], shape: MessageShape) => void;
  /** The frame is refused as a whole; nothing is dispatched. */
  readonly onRefused: (error: LimitError) => void;
  /** Nothing more is dispatched of this frame, nor of any after it. */
  readonly onEnd: (error: LimitError) => void;
}

/*
 * Costs are roughly microseconds on the first bench machine: a `greet` (push, pull, release: three
 * messages, one call) costs a server about 50.
 */
const MESSAGE_COST = 8;
const CALL_COST = 25;
/** Storing a message, up to the wait for its transaction. */
const WRITE_COST = 20;
/** Storing a text, and indexing its words later. */
const STORED_BYTES_PER_UNIT = 40;
const VALUES_PER_UNIT = 8;
/** Decoding, splitting and parsing. */
const BYTES_PER_UNIT = 400;

interface Line {
  readonly shape: MessageShape;
  /** Cost of dispatching it. */
  readonly cost: number;
}

/**
 * One frame, or one HTTP body, from bytes to session, in small steps: decode, validate as a whole,
 * then dispatch message by message. Validated messages wait as text and are parsed again: under a
 * flood many frames wait, and surviving small objects are what garbage collection costs.
 */
export class FrameJob implements Job {
  readonly bytes: number;
  readonly #limits: Limits;
  readonly #sink: FrameSink;
  #data: Uint8Array | null;
  #lines: readonly string[] = [];
  readonly #checked: Line[] = [];
  /** The only message of a frame: not parsed twice. */
  #only: readonly unknown[] | null = null;
  #held = 0;
  #waitsFor: Barrier | null = null;
  /** Barrier after the last message dispatched. */
  #before: Barrier | null = null;
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

  get waitsFor(): Barrier | null {
    return this.#waitsFor;
  }

  /** Drops the rest. */
  cancel(): void {
    this.#done = true;
    this.#waitsFor = null;
    this.#data = null;
    this.#only = null;
    this.#lines = [];
  }

  step(): number {
    if (this.#done) return 1;
    try {
      if (this.#data !== null) return this.#read(this.#data);
      if (this.#checked.length < this.#lines.length) return this.#check();
    } catch (error) {
      return this.#stop(error, this.#sink.onRefused);
    }
    try {
      return this.#handOn();
    } catch (error) {
      return this.#stop(error, this.#sink.onEnd);
    }
  }

  #stop(error: unknown, tell: (error: LimitError) => void): number {
    if (!(error instanceof LimitError)) throw error;
    this.cancel();
    tell(error);
    return MESSAGE_COST + CALL_COST;
  }

  #read(data: Uint8Array): number {
    this.#data = null;
    this.#lines = splitMessages(decodeUtf8(data), this.#limits);
    const cost = 1 + data.length / BYTES_PER_UNIT;
    // Most frames hold one message: no second step for them.
    if (this.#lines.length === 1) return cost + this.#check();
    if (this.#lines.length === 0) {
      this.cancel();
      this.#sink.onChecked(0, 0);
    }
    return cost;
  }

  #check(): number {
    const line = this.#lines[this.#checked.length] ?? '';
    const message = checkMessage(line, this.#limits);
    this.#checked.push({ shape: message.shape, cost: costOf(message, line.length) });
    this.#held += heldChange(message.value);
    if (this.#lines.length === 1) this.#only = message.value;
    if (this.#checked.length < this.#lines.length) return 1 + message.values / VALUES_PER_UNIT;
    this.#sink.onChecked(this.#lines.length, this.#held);
    return 1 + message.values / VALUES_PER_UNIT + (this.#only === null ? 0 : this.#handOn());
  }

  #handOn(): number {
    const line = this.#checked[this.#handedOn];
    const barrier = this.#waitsFor;
    if (barrier !== null) this.#before = null;
    if (barrier === 'ended') this.#sink.onSettled();
    this.#waitsFor = barrier === 'ended' ? null : (this.#neededBy(line) ?? this.#before);
    if (this.#waitsFor !== null) return 1;
    if (line === undefined) {
      this.cancel();
      return 1;
    }
    const { shape, cost } = line;
    if (shape.ends !== null) throw shape.ends;
    const value = this.#only ?? JSON.parse(this.#lines[this.#handedOn] ?? '');
    this.#only = null;
    this.#handedOn += 1;
    this.#before = neededAfter(shape);
    if (this.#handedOn >= this.#lines.length && this.#before === null) this.cancel();
    this.#sink.onMessage(value, shape);
    return cost;
  }

  #neededBy(line: Line | undefined): Barrier | null {
    if (line === undefined) return null;
    return line.shape.ends !== null || this.#sink.waits(line.shape) ? 'ended' : null;
  }
}

/**
 * A call whose target or arguments must be resolved first begins a few promise jobs later, or once
 * the calls nested in its arguments have ended. Nothing may overtake it.
 */
function neededAfter({ refusal, nests, refs }: MessageShape): Barrier | null {
  if (refusal !== null) return null;
  if (nests) return 'ended';
  return refs.some((id) => id > 0) ? 'begun' : null;
}

function costOf({ value, shape, values }: CheckedMessage, bytes: number): number {
  const writes = writesOf(value);
  const storing = writes === 0 ? 0 : WRITE_COST * writes + bytes / STORED_BYTES_PER_UNIT;
  return Math.round(MESSAGE_COST + CALL_COST * shape.calls + storing + values / VALUES_PER_UNIT);
}
