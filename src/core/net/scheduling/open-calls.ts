import type { CallGuard } from '../../protocol/call-guard.ts';
import { type CallSlots, type CallSource, MeteredCall, SMALL_BYTES } from './call-slots.ts';
import { Semaphore } from './semaphore.ts';

/** The open calls of one connection, and the memory they may hold. */
export class ConnectionCalls implements CallSource {
  open = 0;
  demand = 0;
  /** Bytes dispatched since it last had no open call: open calls may still hold them. */
  dispatchedBytes = 0;
  /** Those of them that hold or await a slot of the caller. */
  readonly #open = new Set<MeteredCall>();
  readonly #ownSlots: Semaphore;
  readonly #onEnd: () => void;
  #callerSlots: CallSlots;

  /**
   * @param callerSlots the slots of its caller
   * @param most maximum of calls open at once
   * @param onEnd called when a call has ended
   */
  constructor(callerSlots: CallSlots, most: number, onEnd: () => void) {
    this.#callerSlots = callerSlots;
    this.#ownSlots = new Semaphore((open) => open >= most);
    this.#onEnd = onEnd;
  }

  /**
   * Runs a call of this connection, which counts as open until it settles; a call over the limit
   * waits. A call that waits for the network counts for its connection only, so it blocks no other.
   */
  readonly meter: CallGuard = async (call, traits) => {
    const slot = this.#ownSlots.acquire();
    if (slot !== null) {
      await slot;
      this.#ownSlots.resumed();
    }
    const countsForCaller = traits?.waitsFor !== 'network';
    const metered = countsForCaller ? new MeteredCall(this, traits?.bytes ?? 0) : null;
    if (metered !== null) {
      this.#open.add(metered);
      const callerSlot = this.#callerSlots.acquire(metered);
      if (callerSlot !== null) {
        await callerSlot;
        this.#callerSlots.resumed(metered);
      }
    }
    try {
      return await call();
    } finally {
      this.#ownSlots.release();
      if (metered !== null) {
        this.#open.delete(metered);
        this.#callerSlots.release(metered);
      }
      this.#onEnd();
    }
  };

  /** Whether the connection's limit is reached. */
  get full(): boolean {
    return this.#ownSlots.full;
  }

  /** Whether no call is open, not even one that waits for the network. */
  get idle(): boolean {
    return this.#ownSlots.demand === 0;
  }

  /** Whether a job of this size is small and has no open call before it. */
  isLight(bytes: number): boolean {
    return this.demand === 0 && this.dispatchedBytes + bytes <= SMALL_BYTES;
  }

  moveTo(callerSlot: CallSlots): void {
    this.#callerSlots.moveTo(callerSlot, this.#open);
    this.#callerSlots = callerSlot;
  }
}
