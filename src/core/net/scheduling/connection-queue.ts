import type { Limits } from '../../../shared/model/limits.ts';
import type { CallGuard } from '../../protocol/call-guard.ts';
import type { CallerShare } from './caller-flow.ts';
import type { Sharer } from './fair-queue.ts';
import type { TurnWork, Waited } from './job.ts';
import { LaneCalls } from './open-calls.ts';

export type LaneLimits = Pick<
  Limits,
  | 'openCalls'
  | 'openCallsOfCaller'
  | 'openCallsBesideOthers'
  | 'openBytesBesideOthers'
  | 'openBytesOfCaller'
  | 'waitingBytes'
>;

/** What a piece of work costs in memory besides its bytes: an object, a place in a list. */
const WORK_BYTES = 64;

/** One connection: what has arrived on it waits here, in order, for its turn. */
export class TurnLane implements Sharer {
  tag = 0;
  #share: CallerShare;
  readonly #limits: LaneLimits;
  readonly #setReading: (reading: boolean) => void;
  readonly #onClose: () => void;
  readonly #calls: LaneCalls;
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
    this.#calls = new LaneCalls(share.places, limits.openCalls, () => this.#onCallEnd());
    share.lanes += 1;
  }

  /** Runs a call of this connection: see `LaneCalls`. */
  get meter(): CallGuard {
    return this.#calls.meter;
  }

  /** Whether there is something that can be done now. */
  get ready(): boolean {
    const [work] = this.#work;
    if (work === undefined || this.#held) return false;
    if (this.#waitsFor !== null && !this.#came) return false;
    // Of a connection that is gone nothing more comes: its calls may as well wait for their places.
    return this.#closed || !this.#calls.full;
  }

  /** Whether what is next needs so little that no other connection has to be thought of. */
  get #isLight(): boolean {
    const [work] = this.#work;
    return work !== undefined && this.#calls.isLight(work.bytes);
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
    this.#queue();
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
    if (this.#share.leave(this.#bytes)) this.clear();
    else if (this.#work.length === 0) this.#finish();
    else this.#wake();
  }

  /** Drops what waits. */
  clear(): void {
    if (this.#closed) this.#share.leave(-this.#bytes);
    this.#work.length = 0;
    this.#bytes = 0;
    this.#queue();
    if (this.#closed) this.#finish();
    else this.#rest();
  }

  /** Belongs to another caller from now on, with all that is open and that waits. */
  moveTo(share: CallerShare): void {
    const from = this.#share;
    if (from === share) return;
    const rests = this.#forgetRest();
    from.busy.leave(this);
    from.light.delete(this);
    share.handOn(this.#calls, from.forget(this.#calls));
    if (this.#closed) {
      from.leave(-this.#bytes);
      share.leave(this.#bytes);
    }
    if (!this.#gone) {
      from.lanes -= 1;
      share.lanes += 1;
    }
    this.#share = share;
    this.#calls.moveTo(share.places);
    if (rests) this.#rest();
    this.#wake();
    if (from.ready) from.events.onReady(from);
    from.events.onLeft(from);
  }

  /**
   * Does work of about this weight, one piece at least; answers what it weighed.
   *
   * @param full whether its caller has all that it may have open: it does only what is light then
   */
  work(budget: number, full: boolean): number {
    if (this.#calls.wanted === 0) this.#share.forget(this.#calls);
    let spent = 0;
    while (spent < budget && this.ready && (!full || this.#isLight)) {
      const [work] = this.#work;
      if (work === undefined) break;
      this.#came = false;
      spent += work.step();
      if (work.done && this.#work[0] === work) {
        this.#work.shift();
        this.#share.handOn(this.#calls, work.bytes);
        this.#bytes -= work.bytes + WORK_BYTES;
        if (this.#closed) this.#share.leave(-work.bytes - WORK_BYTES);
      }
    }
    this.#queue();
    if (this.ready) return spent;
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
    this.#share.events.onLeft(this.#share);
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

  #forgetRest(): boolean {
    const index = this.#share.resting.indexOf(this);
    if (index >= 0) this.#share.resting.splice(index, 1);
    return index >= 0;
  }

  #onCallEnd(): void {
    if (this.#calls.wanted === 0) this.#share.forget(this.#calls);
    this.#wake();
    if (this.#gone) this.#share.events.onLeft(this.#share);
  }

  /** Waits for a turn, if it has something to do. */
  #queue(): void {
    const { busy, light } = this.#share;
    if (this.ready) {
      busy.join(this);
      if (this.#isLight) light.add(this);
      else light.delete(this);
    } else {
      busy.leave(this);
      light.delete(this);
    }
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
    return waitsFor === 'begun' || (waitsFor === 'ended' && this.#calls.none);
  }

  #wake(): void {
    this.#await();
    this.#queue();
    if (!this.ready) this.#rest();
    if (this.#share.ready) this.#share.events.onReady(this.#share);
  }
}
