import type { ContactId } from '../../shared/model/model.ts';
import { KeyedMutex } from '../base/keyed-mutex.ts';

/** Largest small write, bytes of text. */
const LARGE = 16 * 1024;

/**
 * Orders the writes of received messages. Small ones share a group commit; large ones, of all contacts
 * together, run one at a time. This bounds head-of-line blocking: a small write waits for at most one
 * large one. Writes of one contact keep their order.
 */
export class WriteQueue {
  readonly #contacts = new KeyedMutex<ContactId>();
  readonly #largeWrites = new KeyedMutex<'large'>();

  /** @param bytes about how much `write` writes, in bytes of text */
  run<T>(id: ContactId, bytes: number, write: () => Promise<T>): Promise<T> {
    if (bytes > LARGE)
      return this.#contacts.runExclusive(id, () => this.#largeWrites.runExclusive('large', write));
    return this.#contacts.isLocked(id) ? this.#contacts.runExclusive(id, write) : write();
  }
}
