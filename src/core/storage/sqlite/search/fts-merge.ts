import type { CancelTimer, World } from '../../../base/world.ts';
import type { GroupCommit } from '../group-commit.ts';
import { integer, type Statements } from '../rows.ts';
import { WORD_TABLES } from '../schema.ts';

/**
 * Minimum of index pages written by one merge command, which always completes a word: many pages for a
 * common one in a long history.
 */
const PAGES_PER_MERGE = 4;
/** Time budget for merge commands in one transaction. Milliseconds. */
const STEP_MS = 4;
/** Number of deletions after which a merge runs before further ones. */
const DELETIONS_PER_MERGE = 1_000;
/**
 * FTS5 segment merge threshold (`deletemerge`, % deleted): under load / idle. The first bounds how much
 * a merge reads without writing, which is what lets FTS5 stop; the second how much of deleted messages
 * stays in the file.
 */
const DELETING_PERCENT = 20;
const IDLE_PERCENT = 1;
/** Idle: no deletions for this long. Milliseconds. */
const IDLE_AFTER = 2_000;

interface Deps {
  readonly sql: Statements;
  readonly group: Pick<GroupCommit, 'maintenance'>;
  readonly world: Pick<World, 'after' | 'uptime'>;
}

/**
 * Merges the FTS5 segments incrementally, which also purges the words of deleted messages. FTS5 would
 * do both within a write, for seconds in a long history (`automerge`, `crisismerge`: see SCHEMA_3),
 * because a merge over deleted messages alone writes nothing and so does not stop.
 */
export class WordMerge {
  readonly #deps: Deps;
  #threshold = DELETING_PERCENT;
  #deleted = 0;
  #run: Promise<void> | null = null;
  #stopped = false;
  #cancelTimer: CancelTimer = () => {};

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Finishes, once idle, what an earlier run of the program left. */
  start(): void {
    this.#idleLater();
  }

  /** What is left waits for the next `start`. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** There are new segments. */
  added(): void {
    this.#merge();
  }

  /** Call after deleting messages. A bulk deletion must await it before deleting more. */
  async deleted(count: number): Promise<void> {
    if (count === 0) return;
    this.#threshold = DELETING_PERCENT;
    this.#idleLater();
    this.#deleted += count;
    if (this.#deleted < DELETIONS_PER_MERGE) return;
    this.#deleted = 0;
    await this.#merge();
  }

  #idleLater(): void {
    this.#cancelTimer();
    if (this.#stopped) return;
    this.#cancelTimer = this.#deps.world.after(IDLE_AFTER, () => {
      this.#threshold = IDLE_PERCENT;
      this.#merge();
    });
  }

  #merge(): Promise<void> {
    this.#run ??= this.#mergeAll().finally(() => {
      this.#run = null;
    });
    return this.#run;
  }

  async #mergeAll(): Promise<void> {
    try {
      let done = false;
      while (!done && !this.#stopped)
        done = await this.#deps.group.maintenance(() => this.#mergeSome());
    } catch {
      // A full disk, say. The index is as good as before; the next change tries again.
    }
  }

  /** Returns whether nothing is left to merge. */
  #mergeSome(): boolean {
    const started = this.#deps.world.uptime();
    return WORD_TABLES.every((table) => this.#mergeTable(table, started));
  }

  #mergeTable(table: string, started: number): boolean {
    const { sql, world } = this.#deps;
    const merge = sql(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`);
    if (deleteMerge(sql, table) !== this.#threshold) {
      sql(`INSERT INTO ${table} (${table}, rank) VALUES ('deletemerge', ?)`).run(
        // FTS5 takes an integer only, and a number would be bound as a float.
        BigInt(this.#threshold),
      );
    }
    do {
      const before = totalChanges(sql);
      merge.run(PAGES_PER_MERGE);
      // FTS5 documents this as the sign that there was nothing to do.
      if (totalChanges(sql) - before < 2) return true;
    } while (world.uptime() - started < STEP_MS);
    return false;
  }
}

/** What is set in the file, percent; undefined in one where it was never set. */
function deleteMerge(sql: Statements, table: string): unknown {
  return sql(`SELECT v FROM ${table}_config WHERE k = 'deletemerge'`).get()?.['v'];
}

function totalChanges(sql: Statements): number {
  return integer(sql('SELECT total_changes() AS changes').get() ?? {}, 'changes');
}
