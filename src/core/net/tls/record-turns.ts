import type { TurnLane } from '../scheduling/connection-queue.ts';
import { Task } from '../scheduling/small-jobs.ts';
import type { PacedSocket } from './paced-socket.ts';
import type { RecordHeads } from './record-heads.ts';

/** What a record costs, whatever is in it (see `TurnWork`): a KeyUpdate, which costs most. */
const RECORD = 15;
/**
 * Records that pass at once of what was read at once, and bytes for which there is one more: few
 * enough to cost no more than the reading, and as many as a sender makes that fills its records.
 */
const FREE_RECORDS = 2;
const RECORD_BYTES = 16 * 1024;
/** Records in one piece of work. */
const SLICE_RECORDS = 8;

/**
 * Lets pass what comes behind a TLS handshake, from now on. Its sender may put one byte into each
 * record, or none, or a new key: records as they usually come pass at once; where there are many in
 * few bytes, they wait for their caller's turn.
 *
 * @param paced what OpenSSL has the records from
 * @param heads stands where `paced` does
 * @param lane for this alone; closed with the connection
 */
export function passRecords(paced: PacedSocket, heads: RecordHeads, lane: TurnLane): void {
  const turns = new RecordTurns(paced, heads, lane);
  paced.raw.once('close', () => {
    lane.clear();
    lane.close();
  });
  paced.hold(() => turns.onHeld());
}

class RecordTurns {
  readonly #paced: PacedSocket;
  readonly #heads: RecordHeads;
  readonly #lane: TurnLane;
  /** Whether what is held is the rest of something. */
  #many = false;
  /** Whether the lane has something that will feed the rest on. */
  #offered = false;

  constructor(paced: PacedSocket, heads: RecordHeads, lane: TurnLane) {
    this.#paced = paced;
    this.#heads = heads;
    this.#lane = lane;
  }

  onHeld(): void {
    const { held, hungry } = this.#paced;
    if (this.#offered || !hungry) return;
    if (!this.#many) this.#feed(FREE_RECORDS + Math.floor(held.length / RECORD_BYTES));
    this.#offerRest();
  }

  #offerRest(): void {
    this.#many = this.#paced.held.length > 0;
    if (!this.#many || !this.#paced.hungry) return;
    this.#offered = true;
    this.#lane.offer(
      new Task(() => {
        this.#offered = false;
        const records = this.#feed(SLICE_RECORDS);
        this.#offerRest();
        return 1 + RECORD * records;
      }),
    );
  }

  /** Feeds on what there is of so many records. Answers how many began in it. */
  #feed(most: number): number {
    const { held } = this.#paced;
    let records = 0;
    let end = 0;
    while (end < held.length && records < most) {
      end = this.#heads.step(held, end);
      if (this.#heads.began) records += 1;
    }
    this.#paced.feed(end);
    return records;
  }
}
