import { integer, type Statements } from './sqlite-rows.ts';

/** Messages deleted in one transaction: few, so that a long conversation does not hold the process. */
const BATCH = 200;

/**
 * Deletes the messages of removed contacts bit by bit. They are out of sight already; what a crash,
 * a close or a full disk interrupts goes on when the history is next opened.
 */
export class Purge {
  readonly #sql: Statements;
  readonly #write: <T>(work: () => T) => Promise<T>;
  #running = false;
  #stopped = false;

  constructor(sql: Statements, write: <T>(work: () => T) => Promise<T>) {
    this.#sql = sql;
    this.#write = write;
  }

  start(): void {
    if (this.#running || this.#stopped) return;
    const removed = this.#sql('SELECT num FROM contacts WHERE id IS NULL LIMIT 1').get();
    if (!removed) return;
    this.#running = true;
    this.#write(() => this.#step(integer(removed, 'num'))).then(
      () => {
        this.#running = false;
        this.start();
      },
      () => {
        this.#running = false;
      },
    );
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Deletes some messages of a contact, or the contact when none is left. */
  #step(contact: number): void {
    const { changes } = this.#sql(
      `DELETE FROM messages
       WHERE seq IN (SELECT seq FROM messages WHERE contact = ? ORDER BY seq LIMIT ${BATCH})`,
    ).run(contact);
    if (changes === 0) this.#sql('DELETE FROM contacts WHERE num = ?').run(contact);
  }
}
