import type { Limits } from '../../shared/limits.ts';
import type { CallGuard } from '../call-guard.ts';
import { FairQueue, type Sharer } from './fair-queue.ts';
import { Places } from './places.ts';

/** What was asked for before has `begun`, or has `ended` and all that it led to as well. */
export type Waited = 'begun' | 'ended';

/** Something that has arrived and is done in pieces, when it is its connection's turn. */
export interface TurnWork {
  /** Bytes that it keeps in memory until it is done. */
  readonly bytes: number;
  readonly done: boolean;
  /** What its next piece has to wait for, of the calls of its connection. */
  readonly waitsFor?: Waited | null;
  /** Does the next piece. Answers what it weighs: about microseconds of work, 1 or more. */
  readonly step: () => number;
}

export type LaneLimits = Pick<
  Limits,
  | 'openCalls'
  | 'openCallsOfCaller'
  | 'openCallsBesideOthers'
  | 'openBytesBesideOthers'
  | 'openBytesOfCaller'
  | 'waitingBytes'
>;

/** What a lane tells the turns it takes part in. */
export interface LaneEvents {
  /** There is something to do that was not there before. */
  readonly onReady: (share: CallerShare) => void;
  /** Whether so many open calls, which have so much to be written, are all a caller may have now. */
  readonly isFull: (open: number, bytes: number) => boolean;
  /** Runs a task when all that has begun has gone on as far as it can by itself. */
  readonly nextTurn: (task: () => void) => void;
}

/** What a piece of work costs in memory besides its bytes: an object, a place in a list. */
const WORK_BYTES = 64;

/** Bytes that the connections of one caller may leave to be done when they are gone. */
const LEFT_BYTES = 512 * 1024;

/** The place of one caller among all callers; its connections share it. */
export class CallerShare implements Sharer {
  tag = 0;
  /** What it has had in which turn: see `FairTurns`. */
  turn = -1;
  spent = 0;
  /** Connections with work that can be done now. */
  readonly busy = new FairQueue<TurnLane>();
  /** Connections that are paused and have nothing left to do. */
  readonly resting: TurnLane[] = [];
  readonly places: Places;
  readonly events: LaneEvents;
  /** Bytes handed on since this caller last had no call open: they may be kept by those that are. */
  handedOn = 0;
  /** Connections that there are, or that have left something to be done. */
  lanes = 0;
  /** Bytes that connections which are gone have left. */
  left = 0;
  readonly #openBytes: number;

  /** @param openBytes see `Limits.openBytesOfCaller` */
  constructor(events: LaneEvents, openBytes: number) {
    this.events = events;
    this.#openBytes = openBytes;
    this.places = new Places(events.isFull);
  }

  /** Whether a turn would be of use. */
  get ready(): boolean {
    return this.resting.length > 0 || (this.busy.size > 0 && !this.full);
  }

  /** Whether the calls that are open have to end before others begin. */
  get full(): boolean {
    if (this.places.full) return true;
    return this.places.wanted > 0 && this.handedOn >= this.#openBytes;
  }
}

/** One connection: what has arrived on it waits here, in order, for its turn. */
export class TurnLane implements Sharer {
  tag = 0;
  readonly #share: CallerShare;
  readonly #limits: LaneLimits;
  readonly #setReading: (reading: boolean) => void;
  readonly #onClose: () => void;
  readonly #places: Places;
  readonly #work: TurnWork[] = [];
  #bytes = 0;
  #held = false;
  #reading = true;
  #closed = false;
  #gone = false;
  #onDone = () => {};
  /** What the next piece waits for has come. */
  #came = false;
  #coming = false;

  /** @param setReading pauses reading from the connection, or goes on with it */
  constructor(
    share: CallerShare,
    limits: LaneLimits,
    setReading: (reading: boolean) => void,
    onClose: () => void,
  ) {
    this.#share = share;
    this.#limits = limits;
    this.#setReading = setReading;
    this.#onClose = onClose;
    this.#places = new Places((open) => open >= limits.openCalls);
    share.lanes += 1;
  }

  /**
   * Runs a call of this connection. It counts as open until it has settled; one too many waits. One
   * that waits for the network counts for its connection only, so that it holds up no other.
   */
  readonly meter: CallGuard = async (call, traits) => {
    const { places } = this.#share;
    const ours = traits?.waitsFor !== 'network';
    const bytes = traits?.bytes ?? 0;
    const place = this.#places.take();
    if (place !== null) {
      await place;
      this.#places.entered();
    }
    const sharedPlace = ours ? places.take(bytes) : null;
    if (sharedPlace !== null) {
      await sharedPlace;
      places.entered();
    }
    try {
      return await call();
    } finally {
      this.#places.leave();
      if (ours) places.leave(bytes);
      if (places.wanted === 0) this.#share.handedOn = 0;
      this.#wake();
    }
  };

  /** Whether there is something that can be done now. */
  get ready(): boolean {
    const [work] = this.#work;
    if (work === undefined || this.#held) return false;
    if (this.#waitsFor !== null && !this.#came) return false;
    // Of a connection that is gone nothing more comes: its calls may as well wait for their places.
    return this.#closed || !this.#places.full;
  }

  /** Whether reading is paused. */
  get paused(): boolean {
    return !this.#reading && !this.#closed;
  }

  /** Bytes that wait. */
  get waiting(): number {
    return this.#bytes;
  }

  /** Takes what has arrived: does it at once when the caller's turn allows that, else later. */
  offer(work: TurnWork): void {
    if (this.#closed) return;
    this.#work.push(work);
    this.#bytes += work.bytes + WORK_BYTES;
    this.#wake();
    if (this.#bytes > this.#limits.waitingBytes) this.#pause();
  }

  /** Does nothing more until `release`: the other side does not read its answers. */
  hold(): void {
    this.#held = true;
    this.#share.busy.leave(this);
    if (this.#work.length > 0) this.#pause();
  }

  release(): void {
    this.#held = false;
    this.#wake();
  }

  /**
   * The connection is gone. What has arrived on it is still done, unless its caller has left much
   * already: whoever connects again and again must not fill the memory so.
   *
   * @param onDone told when nothing of it is left
   */
  close(onDone: () => void = () => {}): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = false;
    this.#onDone = onDone;
    this.#forgetRest();
    this.#share.left += this.#bytes;
    if (this.#share.left > LEFT_BYTES) this.clear();
    else if (this.#work.length === 0) this.#finish();
    else this.#wake();
  }

  /** Drops what waits. */
  clear(): void {
    if (this.#closed) this.#share.left -= this.#bytes;
    this.#work.length = 0;
    this.#bytes = 0;
    this.#share.busy.leave(this);
    if (this.#closed) this.#finish();
    else this.#rest();
  }

  /** Does work of about this weight, one piece at least; answers what it weighed. */
  work(budget: number): number {
    let spent = 0;
    while (spent < budget && this.ready) {
      const [work] = this.#work;
      if (work === undefined) break;
      this.#came = false;
      spent += work.step();
      if (work.done && this.#work[0] === work) {
        this.#work.shift();
        this.#share.handedOn += work.bytes;
        this.#bytes -= work.bytes + WORK_BYTES;
        if (this.#closed) this.#share.left -= work.bytes + WORK_BYTES;
      }
    }
    if (this.ready) return spent;
    this.#share.busy.leave(this);
    if (this.#closed && this.#work.length === 0) this.#finish();
    else this.#rest();
    this.#await();
    return spent;
  }

  /** Reads again, unless there is a new reason to pause; when that is over, it rests again. */
  resume(): void {
    if (this.#reading || this.#held || this.#work.length > 0) return;
    this.#reading = true;
    this.#setReading(true);
  }

  /** Closed, and nothing is left. */
  #finish(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#share.lanes -= 1;
    this.#onClose();
    this.#onDone();
  }

  #pause(): void {
    if (!this.#reading || this.#closed) return;
    this.#reading = false;
    this.#setReading(false);
    this.#rest();
  }

  /** A paused lane with nothing left to do waits to be read from again. */
  #rest(): void {
    if (this.#reading || this.#closed || this.#held || this.#work.length > 0) return;
    if (this.#share.resting.includes(this)) return;
    this.#share.resting.push(this);
    this.#share.events.onReady(this.#share);
  }

  #forgetRest(): void {
    const index = this.#share.resting.indexOf(this);
    if (index >= 0) this.#share.resting.splice(index, 1);
  }

  get #waitsFor(): Waited | null {
    return this.#work[0]?.waitsFor ?? null;
  }

  /** What a call leads to begins a few promises later; so a turn passes before it counts as come. */
  #await(): void {
    if (this.#coming || this.#came || !this.#canCome) return;
    this.#coming = true;
    this.#share.events.nextTurn(() => {
      this.#coming = false;
      this.#came = this.#canCome;
      if (this.#came) this.#wake();
    });
  }

  get #canCome(): boolean {
    const waitsFor = this.#waitsFor;
    return waitsFor === 'begun' || (waitsFor === 'ended' && this.#places.wanted === 0);
  }

  #wake(): void {
    this.#await();
    if (this.ready) this.#share.busy.join(this);
    else this.#rest();
    if (this.#share.ready) this.#share.events.onReady(this.#share);
  }
}
