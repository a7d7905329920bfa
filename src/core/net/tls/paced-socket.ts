import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const NOTHING = Buffer.alloc(0);

type Done = (error?: Error | null) => void;
type WriteArguments =
  | [done?: Done | undefined]
  | [encoding?: BufferEncoding, done?: Done | undefined];

/** Read-buffer high watermark: no more is fed until the parser has consumed everything. */
const UNTAKEN_BYTES = 1;

/**
 * A socket whose incoming bytes are held back until they are fed on explicitly, which paces the parser
 * behind it (OpenSSL, Node's HTTP parser). The socket is paused while bytes are held. Writes pass
 * straight through.
 */
export class PacedSocket extends Duplex {
  readonly raw: Socket;
  #held: Buffer = NOTHING;
  #onHeld: () => void;
  #full = false;
  #ended = false;

  /** @param onHeld called when bytes are held and the parser can take them */
  constructor(raw: Socket, onHeld: () => void) {
    super({ allowHalfOpen: true, decodeStrings: false, readableHighWaterMark: UNTAKEN_BYTES });
    this.raw = raw;
    this.#onHeld = onHeld;
    raw.on('data', this.#onData);
    raw.on('end', this.#onEnd);
    raw.on('error', this.#onError);
    raw.on('close', this.#onClose);
    raw.on('timeout', this.#onTimeout);
    raw.on('drain', this.#onDrain);
    this.#goOn();
    // Users of this stream listen for `close`.
    this.on('error', () => {});
  }

  /** Received bytes that were not passed on yet. */
  get held(): Buffer {
    return this.#held;
  }

  /** Whether the parser can take bytes. */
  get hungry(): boolean {
    return !this.#full && !this.destroyed;
  }

  /** Passes on this many of the held bytes. */
  feed(count: number): void {
    const held = this.#held;
    const bytes = count < held.length ? held.subarray(0, count) : held;
    this.#held = count < held.length ? held.subarray(count) : NOTHING;
    if (bytes.length > 0 && !this.push(bytes)) this.#full = true;
    this.#goOn();
  }

  /** From now on `onHeld` is called for held bytes, including those already there. */
  hold(onHeld: () => void): void {
    this.#onHeld = onHeld;
    if (this.#held.length > 0) onHeld();
  }

  /**
   * Discards the held bytes and all further input; the socket is still read, so that it can end.
   */
  drain(): void {
    this.#onHeld = () => {
      this.#held = NOTHING;
    };
    this.#held = NOTHING;
    this.#full = false;
    this.#goOn();
  }

  /** Returns the socket with the held bytes put back in front of further input. */
  detach(): { readonly socket: Socket; readonly held: Buffer } {
    const { raw } = this;
    raw.off('data', this.#onData);
    raw.off('end', this.#onEnd);
    raw.off('close', this.#onClose);
    raw.off('timeout', this.#onTimeout);
    raw.off('drain', this.#onDrain);
    raw.setTimeout(0);
    const held = this.#held;
    this.#held = NOTHING;
    return { socket: raw, held };
  }

  /** Like a socket's: `timeout` is emitted when it is idle. */
  setTimeout(milliseconds: number): this {
    this.raw.setTimeout(milliseconds);
    return this;
  }

  /** Like a socket's: closes once everything written has been sent. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  override _read(): void {
    if (!this.#full) return;
    this.#full = false;
    if (this.#held.length > 0) this.#onHeld();
    this.#goOn();
  }

  /** The socket has its own queue: a second one here would double the cost of a write. */
  override write(chunk: string | Uint8Array, ...rest: WriteArguments): boolean {
    return Reflect.apply(this.raw.write, this.raw, [chunk, ...rest]);
  }

  override cork(): void {
    this.raw.cork();
  }

  override uncork(): void {
    this.raw.uncork();
  }

  /** Receives the argument of `end`. */
  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.raw.write(chunk, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.raw.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#held = NOTHING;
    this.raw.destroy();
    done(error);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#onHeld();
    this.#goOn();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#goOn();
  };

  readonly #onError = (error: Error): void => {
    this.destroy(error);
  };

  readonly #onClose = (): void => {
    this.destroy();
  };

  readonly #onTimeout = (): void => {
    this.emit('timeout');
  };

  readonly #onDrain = (): void => {
    this.emit('drain');
  };

  /** Resumes or pauses the socket, and passes its end on when nothing is held any more. */
  #goOn(): void {
    if (this.destroyed) return;
    const pausing = this.#full || this.#held.length > 0;
    if (pausing !== this.raw.isPaused()) {
      if (pausing) this.raw.pause();
      else this.raw.resume();
    }
    if (this.#ended && this.#held.length === 0 && !this.readableEnded) {
      this.#ended = false;
      this.push(null);
    }
  }
}
