import { CallPlaces } from './call-slots.ts';
import type { TurnLane } from './connection-queue.ts';
import { FairQueue, type Sharer } from './fair-queue.ts';
import type { LaneCalls } from './open-calls.ts';

/** What a lane tells the turns it takes part in. */
export interface LaneEvents {
  /** There is something to do that was not there before. */
  readonly onReady: (share: CallerShare) => void;
  /** Nothing is left of a caller's connections, or of its calls. */
  readonly onLeft: (share: CallerShare) => void;
  /** Whether so many open calls, which have so much to be written, are all a caller may have now. */
  readonly isFull: (open: number, bytes: number) => boolean;
  /** Runs a task when all that has begun has gone on as far as it can by itself. */
  readonly nextTurn: (task: () => void) => void;
}

/** Bytes that the connections of one caller may leave to be done when they are gone. */
const LEFT_BYTES = 512 * 1024;

/** The place of one caller among all callers; its connections share it. */
export class CallerShare implements Sharer {
  tag = 0;
  /** What it has had in which turn: see `FairTurns`. */
  turn = -1;
  spent = 0;
  readonly name: string;
  /** Connections with work that can be done now. */
  readonly busy = new FairQueue<TurnLane>();
  /** Those of them that may go on though others have filled the places: see `LaneCalls.isLight`. */
  readonly light = new Set<TurnLane>();
  /** Connections that are paused and have nothing left to do. */
  readonly resting: TurnLane[] = [];
  readonly places: CallPlaces;
  readonly events: LaneEvents;
  /** Connections that there are, or that have left something to be done. */
  lanes = 0;
  readonly #openBytes: number;
  /** Bytes that connections which are gone have left. */
  #left = 0;
  /** What connections have handed on: the sum, and whose it is. */
  #handedOn = 0;
  readonly #holding = new Set<LaneCalls>();

  /** @param openBytes see `Limits.openBytesOfCaller` */
  constructor(name: string, events: LaneEvents, openBytes: number) {
    this.name = name;
    this.events = events;
    this.#openBytes = openBytes;
    this.places = new CallPlaces(events.isFull);
  }

  /** Whether a turn would be of use. */
  get ready(): boolean {
    if (this.resting.length > 0) return true;
    if (this.light.size > 0 && !this.places.fullForSmall) return true;
    return this.busy.size > 0 && !this.full;
  }

  /** Whether nothing is left of it. */
  get gone(): boolean {
    return this.lanes === 0 && this.places.wanted === 0;
  }

  /** Whether the calls that are open have to end before others begin, but for small ones. */
  get full(): boolean {
    if (this.places.full) return true;
    if (this.places.wanted === 0 || this.#handedOn < this.#openBytes) return false;
    for (const calls of this.#holding) if (calls.wanted === 0) this.forget(calls);
    return this.#handedOn >= this.#openBytes;
  }

  /** Whose turn it is of the connections that may go on. */
  next(full: boolean): TurnLane | undefined {
    if (!full) return this.busy.next();
    return this.places.fullForSmall ? undefined : this.busy.next(this.light);
  }

  /** A connection has handed on so much. */
  handOn(calls: LaneCalls, bytes: number): void {
    calls.handedOn += bytes;
    this.#handedOn += bytes;
    if (calls.handedOn > 0) this.#holding.add(calls);
  }

  /** None of its calls is open any more, or it belongs to somebody else. Answers what it had handed on. */
  forget(calls: LaneCalls): number {
    const { handedOn } = calls;
    this.#handedOn -= handedOn;
    this.#holding.delete(calls);
    calls.handedOn = 0;
    return handedOn;
  }

  /** A connection that is gone has left so much; whether that is more than may be left. */
  leave(bytes: number): boolean {
    this.#left += bytes;
    return this.#left > LEFT_BYTES;
  }
}
