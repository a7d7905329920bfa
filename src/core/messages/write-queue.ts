import type { ContactId } from '../../shared/model/model.ts';
import { Turns } from '../base/keyed-mutex.ts';

/** Bytes of texts from which on a write is a large one. */
const LARGE = 16 * 1024;

/**
 * The writes of what others send. Small ones go to the disk together; of the large ones of all
 * contacts one at a time, so that a small one stands behind no more than that, whoever sends how
 * much. Writes of one contact keep their order.
 */
export class WriteTurns {
  readonly #contacts = new Turns<ContactId>();
  readonly #large = new Turns<'large'>();

  /** @param bytes about how much `write` writes, in bytes of texts */
  take<T>(id: ContactId, bytes: number, write: () => Promise<T>): Promise<T> {
    if (bytes > LARGE) return this.#contacts.take(id, () => this.#large.take('large', write));
    return this.#contacts.busy(id) ? this.#contacts.take(id, write) : write();
  }
}
