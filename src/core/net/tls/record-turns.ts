import type { ConnectionQueue } from '../scheduling/connection-queue.ts';
import { Task } from '../scheduling/small-jobs.ts';
import type { PacedSocket } from './paced-socket.ts';
import type { RecordHeads } from './record-heads.ts';

/** Cost of a record, whatever its content (see `Job`): that of a KeyUpdate, the most expensive. */
const RECORD_COST = 15;
/**
 * Records that pass unscheduled per read, and bytes for which there is one more: few enough to cost
 * no more than the read, and as many as a sender produces that fills its records.
 */
const FREE_RECORDS = 2;
const RECORD_BYTES = 16 * 1024;
/** Records in one step of a job. */
const SLICE_RECORDS = 8;

/**
 * Schedules the TLS records that follow a handshake. Their sender may put one byte into each, or
 * none, or a key update: records of the usual size pass at once; many tiny ones are scheduled with
 * the caller's other work.
 *
 * @param paced the socket that OpenSSL reads the records from
 * @param heads record parser, at the same position as `paced`
 * @param queue for the records alone; closed with the connection
 */
export function passRecords(paced: PacedSocket, heads: RecordHeads, queue: ConnectionQueue): void {
  const gate = new RecordGate(paced, heads, queue);
  paced.raw.once('close', () => {
    queue.clear();
    queue.close();
  });
  paced.hold(() => gate.onHeld());
}

class RecordGate {
  readonly #paced: PacedSocket;
  readonly #heads: RecordHeads;
  readonly #queue: ConnectionQueue;
  /** Whether the held bytes are the rest of a burst. */
  #many = false;
  /** Whether a job that feeds the rest is queued. */
  #offered = false;

  constructor(paced: PacedSocket, heads: RecordHeads, queue: ConnectionQueue) {
    this.#paced = paced;
    this.#heads = heads;
    this.#queue = queue;
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
    this.#queue.offer(
      new Task(() => {
        this.#offered = false;
        const records = this.#feed(SLICE_RECORDS);
        this.#offerRest();
        return 1 + RECORD_COST * records;
      }),
    );
  }

  /** Feeds up to this many records. Returns how many began in the bytes fed. */
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
