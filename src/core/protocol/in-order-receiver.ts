import type { MessageId } from '../../shared/model/model.ts';
import { type Delivered, MAX_ENVELOPES } from './contract.ts';

/** An envelope as it came: more than its id is not known yet. */
export interface Given {
  readonly id: MessageId;
}

/** The length of the bodies among values that came from outside, in UTF-16 units: about their bytes. */
export function bodyLength(given: readonly unknown[]): number {
  let length = 0;
  for (const one of given) {
    if (typeof one !== 'object' || one === null || !('body' in one)) continue;
    if (typeof one.body === 'string') length += one.body.length;
  }
  return length;
}

/** Bytes of bodies that are taken together at most, unless they came so. */
const TOGETHER_BYTES = 64 * 1024;

interface Waiting {
  readonly batch: readonly Given[];
  readonly after: MessageId | null;
  readonly answer: PromiseWithResolvers<Delivered>;
}

/**
 * Takes the batches of one link one after the other, in the order in which they came. Small ones
 * that wait together are taken together, so that they share a flush to disk.
 *
 * A sender that has several batches under way says of each which message it comes `after`. It is
 * taken only when that message's batch was the last that was taken in full; otherwise all of it is
 * put off, so that nothing is stored before what was sent before it.
 */
export class BatchLine {
  readonly #take: (batch: readonly Given[]) => Promise<Delivered>;
  #waiting: Waiting[] = [];
  #running = false;
  /** The last message of the last batch, when it was taken in full. */
  #taken: MessageId | null = null;

  constructor(take: (batch: readonly Given[]) => Promise<Delivered>) {
    this.#take = take;
  }

  /** Answers for this batch alone; rejects when it could not be stored. */
  add(batch: readonly Given[], after: MessageId | null): Promise<Delivered> {
    const answer = Promise.withResolvers<Delivered>();
    this.#waiting.push({ batch, after, answer });
    if (!this.#running) void this.#run();
    return answer.promise;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) await this.#takeNext();
    this.#running = false;
  }

  async #takeNext(): Promise<void> {
    const together = this.#together();
    const [first] = together;
    if (!first) return;
    if (first.after !== null && first.after !== this.#taken) {
      for (const { batch, answer } of together) answer.resolve(putOff(batch));
      return;
    }
    const batch = together.flatMap((one) => one.batch);
    try {
      const delivered = await this.#take(batch);
      if (!delivered.later?.length) this.#taken = batch.at(-1)?.id ?? null;
      for (const one of together) one.answer.resolve(shareOf(one.batch, delivered));
    } catch (error) {
      for (const { answer } of together) answer.reject(error);
    }
  }

  /** Takes from the front what waits and continues each other, as much as goes into one batch. */
  #together(): readonly Waiting[] {
    let size = 0;
    let bytes = 0;
    let last: MessageId | null = null;
    const end = this.#waiting.findIndex(({ batch, after }, index) => {
      size += batch.length;
      bytes += bodyLength(batch);
      const fits = size <= MAX_ENVELOPES && bytes <= TOGETHER_BYTES;
      const goesOn = index === 0 || (after === last && fits);
      last = batch.at(-1)?.id ?? null;
      return !goesOn;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}

function putOff(batch: readonly Given[]): Delivered {
  return { accepted: [], refused: [], later: batch.map(({ id }) => id) };
}

/** What of the answer is about this batch. */
function shareOf(batch: readonly Given[], { accepted, refused, later, why }: Delivered): Delivered {
  const ids = new Set(batch.map(({ id }) => id));
  const own = {
    accepted: accepted.filter((id) => ids.has(id)),
    refused: refused.filter(({ id }) => ids.has(id)),
  };
  const put = later?.filter((id) => ids.has(id)) ?? [];
  if (put.length === 0) return own;
  return why === undefined ? { ...own, later: put } : { ...own, later: put, why };
}
