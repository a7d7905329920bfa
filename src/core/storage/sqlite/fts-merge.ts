import type { CancelTimer, World } from '../../base/world.ts';
import type { GroupCommit } from './group-commit.ts';
import { integer, type Statements } from './rows.ts';

/**
 * Pages of the index written at least by one merge command. It goes on to the end of a word, which in
 * a long history is many pages for a common one.
 */
const PAGES = 4;
/** Merge commands are repeated for so long in one transaction. Milliseconds. */
const STEP = 4;
/** After so many deletions the index is looked at before the next ones. */
const MANY = 1_000;
/**
 * Of the messages of a level of the index, so many must be deleted for it to be written anew, percent:
 * while many are being deleted, and when there is peace. The first bounds how much a merge reads without
 * writing, which is what lets FTS5 stop; the second how much of deleted messages stays in the file.
 */
const WHILE_DELETING = 20;
const AT_REST = 1;
/** There is peace when nothing was deleted for so long. Milliseconds. */
const REST = 2_000;

interface Deps {
  readonly sql: Statements;
  readonly group: Pick<GroupCommit, 'upkeep'>;
  readonly world: Pick<World, 'after' | 'uptime'>;
}

/**
 * Merges the segments of the word index bit by bit, and takes out the words of deleted messages that
 * way. FTS5 would do both within a write, for seconds in a long history (`automerge`, `crisismerge`:
 * see SCHEMA_3), as a merge that meets only deleted messages finds no end.
 */
export class WordMerge {
  readonly #deps: Deps;
  #percent = WHILE_DELETING;
  #deleted = 0;
  #run: Promise<void> | null = null;
  #stopped = false;
  #cancelTimer: CancelTimer = () => {};

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Takes out what an earlier run of the program left, when there is peace. */
  start(): void {
    this.#restLater();
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

  /** So many messages were deleted. Whoever deletes many waits for the answer before the next ones. */
  async deleted(count: number): Promise<void> {
    if (count === 0) return;
    this.#percent = WHILE_DELETING;
    this.#restLater();
    this.#deleted += count;
    if (this.#deleted < MANY) return;
    this.#deleted = 0;
    await this.#merge();
  }

  #restLater(): void {
    this.#cancelTimer();
    if (this.#stopped) return;
    this.#cancelTimer = this.#deps.world.after(REST, () => {
      this.#percent = AT_REST;
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
      while (!done && !this.#stopped) done = await this.#deps.group.upkeep(() => this.#mergeSome());
    } catch {
      // A full disk, say. The index is as good as before; the next change tries again.
    }
  }

  /** Answers whether there is nothing left to merge. */
  #mergeSome(): boolean {
    const { sql, world } = this.#deps;
    const merge = sql("INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)");
    const started = world.uptime();
    if (deleteMerge(sql) !== this.#percent) {
      sql("INSERT INTO message_words (message_words, rank) VALUES ('deletemerge', ?)").run(
        // FTS5 takes an integer only, and a number would be bound as a float.
        BigInt(this.#percent),
      );
    }
    do {
      const before = totalChanges(sql);
      merge.run(PAGES);
      // FTS5 documents this as the sign that there was nothing to do.
      if (totalChanges(sql) - before < 2) return true;
    } while (world.uptime() - started < STEP);
    return false;
  }
}

/** What is set in the file, percent; undefined in one where it was never set. */
function deleteMerge(sql: Statements): unknown {
  return sql("SELECT v FROM message_words_config WHERE k = 'deletemerge'").get()?.['v'];
}

function totalChanges(sql: Statements): number {
  return integer(sql('SELECT total_changes() AS changes').get() ?? {}, 'changes');
}
