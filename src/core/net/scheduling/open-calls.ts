import type { CallGuard } from '../../protocol/call-guard.ts';
import { type CallPlaces, type CallSource, PlacedCall, SMALL_BYTES } from './call-slots.ts';
import { Places } from './semaphore.ts';

/** The open calls of one connection, and what they may keep in memory. */
export class LaneCalls implements CallSource {
  inside = 0;
  wanted = 0;
  /** Bytes handed on since it last had no call open: they may be kept by those that are. */
  handedOn = 0;
  /** Among those of all connections of its caller. */
  readonly #open = new Set<PlacedCall>();
  readonly #own: Places;
  readonly #onEnd: () => void;
  #shared: CallPlaces;

  /**
   * @param shared the places of its caller
   * @param most calls that may be open at once
   * @param onEnd told when a call has ended
   */
  constructor(shared: CallPlaces, most: number, onEnd: () => void) {
    this.#shared = shared;
    this.#own = new Places((open) => open >= most);
    this.#onEnd = onEnd;
  }

  /**
   * Runs a call of this connection. It counts as open until it has settled; one too many waits. One
   * that waits for the network counts for its connection only, so that it holds up no other.
   */
  readonly meter: CallGuard = async (call, traits) => {
    const place = this.#own.take();
    if (place !== null) {
      await place;
      this.#own.entered();
    }
    const ours = traits?.waitsFor !== 'network';
    const placed = ours ? new PlacedCall(this, traits?.bytes ?? 0) : null;
    if (placed !== null) {
      this.#open.add(placed);
      const shared = this.#shared.take(placed);
      if (shared !== null) {
        await shared;
        this.#shared.entered(placed);
      }
    }
    try {
      return await call();
    } finally {
      this.#own.leave();
      if (placed !== null) {
        this.#open.delete(placed);
        this.#shared.leave(placed);
      }
      this.#onEnd();
    }
  };

  /** Whether as many are open as may be on one connection. */
  get full(): boolean {
    return this.#own.full;
  }

  /** Whether none is open, not even one that waits for the network. */
  get none(): boolean {
    return this.#own.wanted === 0;
  }

  /** Whether so many bytes more, with nothing open before them, are too few for others to mind. */
  isLight(bytes: number): boolean {
    return this.wanted === 0 && this.handedOn + bytes <= SMALL_BYTES;
  }

  moveTo(shared: CallPlaces): void {
    this.#shared.moveTo(shared, this.#open);
    this.#shared = shared;
  }
}
