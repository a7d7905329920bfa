import type { World } from '../../base/world.ts';
import type { GroupCommit } from './group-commit.ts';
import { integer, type Statements } from './rows.ts';
import type { WordMerge } from './search/fts-merge.ts';

/** Time budget for deletions in one transaction. Milliseconds. */
const STEP = 4;
/**
 * Maximum number of deletions in one: for a clock that stands still, and for the duration of the
 * commit.
 */
const MOST = 200;

interface Deps {
  readonly sql: Statements;
  readonly group: Pick<GroupCommit, 'maintenance'>;
  readonly merge: Pick<WordMerge, 'deleted'>;
  readonly world: Pick<World, 'uptime'>;
}

/**
 * Deletes the messages of removed contacts in steps. They are hidden already; a purge interrupted
 * by a crash, a close or a full disk continues when the history is next opened.
 */
export class Purge {
  readonly #deps: Deps;
  #running = false;
  #stopped = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#purge()
      .catch(() => undefined)
      .finally(() => {
        this.#running = false;
      });
  }

  stop(): void {
    this.#stopped = true;
  }

  async #purge(): Promise<void> {
    const { sql, group, merge } = this.#deps;
    while (!this.#stopped) {
      const removed = sql('SELECT num FROM contacts WHERE id IS NULL LIMIT 1').get();
      if (!removed) return;
      const contact = integer(removed, 'num');
      const count = await group.maintenance(() => this.#step(contact));
      await merge.deleted(count);
    }
  }

  /** Deletes some messages of a contact, or the contact when none is left. Returns how many. */
  #step(contact: number): number {
    const { sql, world } = this.#deps;
    const started = world.uptime();
    const rows = sql(`SELECT seq FROM messages WHERE contact = ? ORDER BY seq LIMIT ${MOST}`);
    let count = 0;
    for (const row of rows.all(contact)) {
      sql('DELETE FROM messages WHERE seq = ?').run(integer(row, 'seq'));
      count += 1;
      if (world.uptime() - started >= STEP) return count;
    }
    if (count === 0) sql('DELETE FROM contacts WHERE num = ?').run(contact);
    return count;
  }
}
