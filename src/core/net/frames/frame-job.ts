import type { Limits } from '../../../shared/model/limits.ts';
import type { Barrier, Job } from '../scheduling/job.ts';
import { LimitError } from './limit-error.ts';
import { heldChange, type MessageShape, writesOf } from './rpc-message.ts';
import { type CheckedMessage, checkMessage, decodeUtf8, splitMessages } from './validate-frame.ts';

/** What becomes of a frame. */
export interface FrameSink {
  /**
   * All of it is within the limits; nothing has been handed on yet. Told how many messages there are
   * and by how many they change the results that the caller holds. @throws LimitError
   */
  readonly onChecked: (messages: number, held: number) => void;
  /** Whether this message, which is next, has to wait until the calls before it have ended. */
  readonly waits: (shape: MessageShape) => boolean;
  /** All calls before the next message have ended: it had to wait for that. */
  readonly onSettled: () => void;
  /** @throws LimitError when it cannot be taken, nor anything after it */
  readonly onMessage: (value: readonly unknown[], shape: MessageShape) => void;
  /** Instead of anything handed on. */
  readonly onRefused: (error: LimitError) => void;
  /** Nothing more of this frame, or after it, is handed on. */
  readonly onEnd: (error: LimitError) => void;
}

/*
 * Weights are about microseconds on the computer that the bench ran on first: a `greet` (push, pull,
 * release: three messages, one call) takes about 50 of a server.
 */
const MESSAGE = 8;
const CALL = 25;
/** What a message to be stored costs before it waits for its transaction. */
const WRITE = 20;
/** Storing a text, and indexing its words afterwards. */
const STORED_BYTES_A_UNIT = 40;
const VALUES_A_UNIT = 8;
/** Decoding, splitting and parsing. */
const BYTES_A_UNIT = 400;

interface Line {
  readonly shape: MessageShape;
  /** What handing it on weighs. */
  readonly weight: number;
}

/**
 * One frame, or one body, from its bytes to the session: read, checked whole, then handed on message
 * by message, in pieces that each take little time. What has been checked and waits is kept as text and
 * parsed again: many frames wait when somebody floods us, and small objects that live on are what
 * collecting garbage costs.
 */
export class FrameWork implements Job {
  readonly bytes: number;
  readonly #limits: Limits;
  readonly #sink: FrameSink;
  #data: Uint8Array | null;
  #lines: readonly string[] = [];
  readonly #checked: Line[] = [];
  /** The only message of a frame, which need not be parsed again. */
  #only: readonly unknown[] | null = null;
  #held = 0;
  #waitsFor: Barrier | null = null;
  /** What has to come after the last message before anything else does. */
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

  /** Does no more. */
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
    return MESSAGE + CALL;
  }

  #read(data: Uint8Array): number {
    this.#data = null;
    this.#lines = splitMessages(decodeUtf8(data), this.#limits);
    const weight = 1 + data.length / BYTES_A_UNIT;
    // Most frames hold one message: they need no second piece.
    if (this.#lines.length === 1) return weight + this.#check();
    if (this.#lines.length === 0) {
      this.cancel();
      this.#sink.onChecked(0, 0);
    }
    return weight;
  }

  #check(): number {
    const line = this.#lines[this.#checked.length] ?? '';
    const message = checkMessage(line, this.#limits);
    this.#checked.push({ shape: message.shape, weight: weightOf(message, line.length) });
    this.#held += heldChange(message.value);
    if (this.#lines.length === 1) this.#only = message.value;
    if (this.#checked.length < this.#lines.length) return 1 + message.values / VALUES_A_UNIT;
    this.#sink.onChecked(this.#lines.length, this.#held);
    return 1 + message.values / VALUES_A_UNIT + (this.#only === null ? 0 : this.#handOn());
  }

  #handOn(): number {
    const line = this.#checked[this.#handedOn];
    const came = this.#waitsFor;
    if (came !== null) this.#before = null;
    if (came === 'ended') this.#sink.onSettled();
    this.#waitsFor = came === 'ended' ? null : (this.#neededBy(line) ?? this.#before);
    if (this.#waitsFor !== null) return 1;
    if (line === undefined) {
      this.cancel();
      return 1;
    }
    const { shape, weight } = line;
    if (shape.ends !== null) throw shape.ends;
    const value = this.#only ?? JSON.parse(this.#lines[this.#handedOn] ?? '');
    this.#only = null;
    this.#handedOn += 1;
    this.#before = neededAfter(shape);
    if (this.#handedOn >= this.#lines.length && this.#before === null) this.cancel();
    this.#sink.onMessage(value, shape);
    return weight;
  }

  #neededBy(line: Line | undefined): Barrier | null {
    if (line === undefined) return null;
    return line.shape.ends !== null || this.#sink.waits(line.shape) ? 'ended' : null;
  }
}

/**
 * A call that has to fetch its arguments or its target begins a few promises later, or when the calls
 * inside its arguments have ended. Nothing overtakes it.
 */
function neededAfter({ refusal, nests, refs }: MessageShape): Barrier | null {
  if (refusal !== null) return null;
  if (nests) return 'ended';
  return refs.some((id) => id > 0) ? 'begun' : null;
}

function weightOf({ value, shape, values }: CheckedMessage, bytes: number): number {
  const writes = writesOf(value);
  const storing = writes === 0 ? 0 : WRITE * writes + bytes / STORED_BYTES_A_UNIT;
  return Math.round(MESSAGE + CALL * shape.calls + storing + values / VALUES_A_UNIT);
}
