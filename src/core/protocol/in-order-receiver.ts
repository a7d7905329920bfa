import type { MessageId } from '../../shared/model/model.ts';
import { type Delivered, MAX_ENVELOPES } from './contract.ts';

/** An envelope of which only the id has been validated. */
export interface RawEnvelope {
  readonly id: MessageId;
}

/** Total length of the bodies in unvalidated values, in UTF-16 units: about their bytes. */
export function bodyLength(given: readonly unknown[]): number {
  let length = 0;
  for (const one of given) {
    if (typeof one !== 'object' || one === null || !('body' in one)) continue;
    if (typeof one.body === 'string') length += one.body.length;
  }
  return length;
}

/** Largest size of coalesced batches, bytes of bodies. */
const COALESCED_BYTES = 64 * 1024;

interface PendingBatch {
  readonly batch: readonly RawEnvelope[];
  readonly after: MessageId | null;
  readonly answer: PromiseWithResolvers<Delivered>;
}

/**
 * Receives the batches of one link strictly in order. Small batches that queue up are coalesced, so
 * that they share a flush to disk.
 *
 * A sender with several batches in flight names for each the message it comes `after`. A batch is
 * accepted only if that message ended the last batch that was accepted in full; otherwise the whole
 * batch is deferred, so that no message is stored before its predecessor.
 */
export class InOrderReceiver {
  readonly #take: (batch: readonly RawEnvelope[]) => Promise<Delivered>;
  #waiting: PendingBatch[] = [];
  #running = false;
  /** The last message of the last batch, if that was accepted in full. */
  #lastTaken: MessageId | null = null;

  constructor(take: (batch: readonly RawEnvelope[]) => Promise<Delivered>) {
    this.#take = take;
  }

  /** Resolves with the answer for this batch alone; rejects if it could not be stored. */
  receive(batch: readonly RawEnvelope[], after: MessageId | null): Promise<Delivered> {
    const answer = Promise.withResolvers<Delivered>();
    this.#waiting.push({ batch, after, answer });
    if (!this.#running) void this.#run();
    return answer.promise;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#receiveNext();
    this.#running = false;
  }

  async #receiveNext(): Promise<void> {
    const together = this.#coalesce();
    const [first] = together;
    if (!first) return;
    if (first.after !== null && first.after !== this.#lastTaken) {
      for (const { batch, answer } of together) answer.resolve(deferAll(batch));
      return;
    }
    const batch = together.flatMap((one) => one.batch);
    try {
      const delivered = await this.#take(batch);
      if (!delivered.later?.length) this.#lastTaken = batch.at(-1)?.id ?? null;
      for (const one of together) one.answer.resolve(answerFor(one.batch, delivered));
    } catch (error) {
      for (const { answer } of together) answer.reject(error);
    }
  }

  /** Dequeues consecutive batches that fit into one. */
  #coalesce(): readonly PendingBatch[] {
    let size = 0;
    let bytes = 0;
    let last: MessageId | null = null;
    const end = this.#waiting.findIndex(({ batch, after }, index) => {
      size += batch.length;
      bytes += bodyLength(batch);
      const fits = size <= MAX_ENVELOPES && bytes <= COALESCED_BYTES;
      const goesOn = index === 0 || (after === last && fits);
      last = batch.at(-1)?.id ?? null;
      return !goesOn;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}

/** Defers all of a batch: the sender may deliver it again once we say `ready`. */
export function deferAll(batch: readonly RawEnvelope[]): Delivered {
  return { accepted: [], refused: [], later: batch.map(({ id }) => id) };
}

/** The part of an answer that concerns this batch. */
function answerFor(
  batch: readonly RawEnvelope[],
  { accepted, refused, later, why }: Delivered,
): Delivered {
  const ids = new Set(batch.map(({ id }) => id));
  const own = {
    accepted: accepted.filter((id) => ids.has(id)),
    refused: refused.filter(({ id }) => ids.has(id)),
  };
  const put = later?.filter((id) => ids.has(id)) ?? [];
  if (put.length === 0) return own;
  return why === undefined ? { ...own, later: put } : { ...own, later: put, why };
}
