import type { Identity } from '../../../shared/model/model.ts';
import { CallerShare, type LaneEvents } from './caller-flow.ts';
import { type LaneLimits, TurnLane } from './connection-queue.ts';
import { FairQueue } from './fair-queue.ts';

export interface FairTurnsOptions {
  readonly limits: LaneLimits;
  /** Milliseconds that only rise. */
  readonly uptime: () => number;
  /** Runs a task after what has arrived meanwhile was read (`setImmediate`). */
  readonly nextTurn: (task: () => void) => void;
}

/**
 * What all callers together get in one turn of the event loop, in the weight of works (about
 * microseconds), before what has arrived is read again: so long, and one piece more, somebody's
 * first message may have to wait.
 */
const TURN = 500;
/** The same while only one caller calls: fewer turns, and more writes in one flush to disk. */
const TURN_ALONE = 5_000;
/**
 * What one caller gets before the next one does, and one connection before the caller's next: what
 * is answered on one connection at once leaves in one write.
 */
const SLICE = 250;
/** Reading again from a paused connection brings up to 64 KiB, to be cut into frames. */
const RESUME = 100;
/** For so long after another caller's last turn a caller is not alone, milliseconds. */
const COMPANY_MS = 250;

/**
 * Shares the event loop between callers: each in turn does a little of what has arrived, then what
 * else has arrived is read. A caller is somebody with a place of its own, else the address that a
 * connection comes from: all its connections share its place, and share it fairly too. Nothing ever waits while nobody does anything, so one caller alone gets
 * everything. Whoever has had no more than its part is served at once, without waiting for a turn.
 */
export class FairTurns {
  readonly #options: FairTurnsOptions;
  readonly #shares = new Map<string, CallerShare>();
  readonly #waiting = new FairQueue<CallerShare>();
  /** Who has a place of its own. */
  readonly #own = new Set<Identity>();
  /** The connections of those who have proven who they are, and where they come from. */
  readonly #proven = new Map<Identity, Map<TurnLane, string>>();
  #turn = 0;
  #scheduled = false;
  #serving = false;
  /** Who was served last, and when somebody else was before. */
  #last: CallerShare | null = null;
  #companyAt = Number.NEGATIVE_INFINITY;

  constructor(options: FairTurnsOptions) {
    this.#options = options;
  }

  /** How many callers there are. */
  get callers(): number {
    return this.#shares.size;
  }

  /**
   * A lane for a new connection, to be closed with it.
   *
   * @param address where it comes from; whoever has no place of its own has this one
   * @param identity who has proven to be there
   * @param setReading pauses reading from the connection, or goes on with it
   */
  lane(
    address: string,
    identity: Identity | null,
    setReading: (reading: boolean) => void,
  ): TurnLane {
    const share = this.#share(this.#placeOf(address, identity));
    if (identity === null) return new TurnLane(share, this.#options.limits, setReading, () => {});
    const lanes = this.#proven.get(identity) ?? new Map<TurnLane, string>();
    this.#proven.set(identity, lanes);
    const lane = new TurnLane(share, this.#options.limits, setReading, () => {
      lanes.delete(lane);
      if (lanes.size === 0 && this.#proven.get(identity) === lanes) this.#proven.delete(identity);
    });
    lanes.set(lane, address);
    return lane;
  }

  /**
   * Gives somebody a place of its own among callers, or takes it away; also for the connections that
   * there are. Identities cost nothing, so this is for those that somebody has chosen.
   */
  setOwnPlace(identity: Identity, has: boolean): void {
    if (this.#own.has(identity) === has) return;
    if (has) this.#own.add(identity);
    else this.#own.delete(identity);
    for (const [lane, address] of this.#proven.get(identity) ?? []) {
      lane.moveTo(this.#share(this.#placeOf(address, identity)));
    }
  }

  #placeOf(address: string, identity: Identity | null): string {
    return identity !== null && this.#own.has(identity) ? identity : address;
  }

  #share(name: string): CallerShare {
    const share = this.#shares.get(name) ?? this.#newShare(name);
    this.#shares.set(name, share);
    return share;
  }

  #onLeft(share: CallerShare): void {
    if (!share.gone || this.#shares.get(share.name) !== share) return;
    this.#shares.delete(share.name);
    if (this.#last === share) this.#last = null;
  }

  #newShare(name: string): CallerShare {
    const { limits, nextTurn } = this.#options;
    const events: LaneEvents = {
      onReady: (share) => this.#onReady(share),
      onLeft: (share) => this.#onLeft(share),
      nextTurn,
      isFull: (open, bytes) => {
        if (open === 0 || open >= limits.openCallsOfCaller) return open > 0;
        const many = open >= limits.openCallsBesideOthers || bytes >= limits.openBytesBesideOthers;
        return many && !this.#isAlone();
      },
    };
    return new CallerShare(name, events, limits.openBytesOfCaller);
  }

  #isAlone(): boolean {
    return this.#options.uptime() - this.#companyAt > COMPANY_MS;
  }

  #onReady(share: CallerShare): void {
    if (this.#waiting.has(share)) return;
    if (!this.#serving && this.#mayGoAhead(share)) {
      this.#serve(share, TURN - spentIn(share, this.#turn));
    }
    if (share.ready) this.#waiting.join(share);
    this.#schedule();
  }

  /** Whether a caller is served at once: it has had no more than its part. */
  #mayGoAhead(share: CallerShare): boolean {
    if (spentIn(share, this.#turn) >= TURN) return false;
    return this.#waiting.size === 0 || this.#waiting.ahead(share) <= SLICE;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.nextTurn(() => this.#runTurn());
  }

  #runTurn(): void {
    this.#scheduled = false;
    this.#turn += 1;
    if (this.#waiting.size === 0) return;
    let left = this.#waiting.size === 1 && this.#isAlone() ? TURN_ALONE : TURN;
    while (left > 0) {
      const share = this.#waiting.next();
      if (share === undefined) break;
      left -= this.#serve(share, Math.min(left, SLICE));
      if (!share.ready) this.#waiting.leave(share);
    }
    if (this.#waiting.size > 0) this.#schedule();
  }

  /** Does work of one caller, of about this weight; answers what it weighed. */
  #serve(share: CallerShare, budget: number): number {
    this.#noteCompany(share);
    this.#serving = true;
    let spent = 0;
    try {
      const rested = share.resting.shift();
      if (rested !== undefined) {
        rested.resume();
        spent += RESUME;
      }
      const { full } = share;
      while (spent < budget) {
        const lane = share.next(full);
        if (lane === undefined) break;
        const weight = lane.work(Math.min(SLICE, budget - spent), full);
        share.busy.charge(lane, weight);
        spent += weight;
      }
    } finally {
      this.#serving = false;
      this.#waiting.charge(share, spent);
      share.spent = spentIn(share, this.#turn) + spent;
      share.turn = this.#turn;
    }
    return spent;
  }

  #noteCompany(share: CallerShare): void {
    if (this.#last === share) return;
    if (this.#last !== null) this.#companyAt = this.#options.uptime();
    this.#last = share;
  }
}

function spentIn(share: CallerShare, turn: number): number {
  return share.turn === turn ? share.spent : 0;
}
