import type { Socket } from 'node:net';

/**
 * What happens to the bytes of one direction.
 * - `none`: they pass
 * - `delay`: they pass in order, each chunk this many milliseconds later
 * - `blackhole`: what comes after this many bytes of the connection's life (default 0) is taken and
 *   goes nowhere; the connection stays
 * - `cut`: after this many bytes of the connection's life, mid-frame or not, both sides are ended
 * - `corrupt`: the byte at this place of the connection's life is changed
 */
export type LaneFault =
  | { readonly type: 'none' }
  | { readonly type: 'delay'; readonly ms: number }
  | { readonly type: 'blackhole'; readonly after?: number }
  | { readonly type: 'cut'; readonly after: number; readonly how: 'rst' | 'fin' }
  | { readonly type: 'corrupt'; readonly at: number };

interface LaneHooks {
  readonly cut: (how: 'rst' | 'fin') => void;
  /** Called for every chunk, before anything is done with it. */
  readonly onBytes: () => void;
}

/** One direction of a relayed connection. */
export class FaultLane {
  fault: LaneFault = { type: 'none' };
  readonly #to: Socket;
  readonly #hooks: LaneHooks;
  readonly #received: Buffer[] = [];
  #bytes = 0;
  #passed = 0;
  /** What is not due yet; each timer runs the oldest, so that nothing overtakes. */
  readonly #waiting: (() => void)[] = [];

  constructor(from: Socket, to: Socket, hooks: LaneHooks) {
    this.#to = to;
    this.#hooks = hooks;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => {
      if (!this.swallows) this.#later(() => to.end());
    });
    from.on('error', () => undefined);
  }

  /** Bytes that arrived, passed on or not. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes that were passed on. */
  get passed(): number {
    return this.#passed;
  }

  /** Everything that arrived, passed on or not. */
  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  get swallows(): boolean {
    return this.fault.type === 'blackhole';
  }

  #take(chunk: Buffer): void {
    const start = this.#bytes;
    this.#received.push(chunk);
    this.#bytes += chunk.length;
    this.#hooks.onBytes();
    const { fault } = this;
    switch (fault.type) {
      case 'none':
      case 'delay':
        this.#pass(chunk);
        return;
      case 'blackhole':
        this.#pass(chunk.subarray(0, Math.max(0, (fault.after ?? 0) - start)));
        return;
      case 'corrupt':
        this.#pass(changed(chunk, fault.at - start));
        return;
      case 'cut':
        this.#pass(chunk.subarray(0, Math.max(0, fault.after - start)));
        if (this.#bytes < fault.after) return;
        this.fault = { type: 'blackhole' };
        // In the next turn, so that what was passed on is on its way.
        setImmediate(() => this.#hooks.cut(fault.how));
    }
  }

  #pass(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#passed += chunk.length;
    this.#later(() => {
      if (this.#to.writable) this.#to.write(chunk);
    });
  }

  #later(task: () => void): void {
    if (this.fault.type !== 'delay' && this.#waiting.length === 0) {
      task();
      return;
    }
    this.#waiting.push(task);
    const ms = this.fault.type === 'delay' ? this.fault.ms : 0;
    setTimeout(() => this.#waiting.shift()?.(), ms);
  }
}

function changed(chunk: Buffer, at: number): Buffer {
  if (at < 0 || at >= chunk.length) return chunk;
  const copy = Buffer.from(chunk);
  copy.writeUInt8(copy.readUInt8(at) ^ 0x55, at);
  return copy;
}
