import type { Message } from '../../../shared/model/model.ts';
import type { CancelTimer, World } from '../../base/world.ts';
import { searchWords } from '../search-words.ts';
import type { WordMerge } from './fts-merge.ts';
import type { GroupCommit } from './group-commit.ts';
import { integer, type Statements, text } from './rows.ts';

/**
 * So many unindexed messages, or so much of their text (UTF-16 units), are indexed at once. A
 * segment of the index for 256 messages costs 9 µs a message, for each message alone 65 µs.
 */
const ENOUGH = 256;
const ENOUGH_TEXT = 64 * 1024;
/** Above this backlog a step ignores its time budget, which slows writers down. */
const MOST = 4 * ENOUGH;
/** Fewer are indexed once nothing was added for so long. Milliseconds. */
const IDLE = 1_000;
/** Retry delay after a failed step (a full disk, say). Milliseconds. */
const RETRY = 10_000;
/** Time budget of a step. Milliseconds. */
const STEP = 5;

interface Deps {
  readonly sql: Statements;
  readonly group: Pick<GroupCommit, 'maintenance'>;
  readonly merge: Pick<WordMerge, 'added'>;
  readonly world: Pick<World, 'after' | 'uptime'>;
}

/** Messages up to this `seq` are in the word index, later ones are not. */
export function indexedUpTo(sql: Statements): number {
  const newest = sql('SELECT rowid AS seq FROM message_words ORDER BY rowid DESC LIMIT 1').get();
  return newest ? integer(newest, 'seq') : 0;
}

/**
 * Indexes messages in `message_words` after they were stored: a sender's acknowledgement does not
 * wait for it, and many messages together cost a fraction. It proceeds in the order of `seq`, so
 * the newest indexed message marks the position, also after a crash: the mark cannot differ from
 * the index, as it is part of it. Until then the search reads the messages themselves, so the
 * backlog is kept short.
 */
export class WordIndex {
  readonly #deps: Deps;
  /** Messages stored since the last step, or more: rolled back ones count too. */
  #messages = 0;
  #text = 0;
  /** More than were counted: a file whose index is being rebuilt. */
  #more = false;
  #running = false;
  #stopped = false;
  #cancelTimer: CancelTimer = () => {};

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Continues where an earlier run stopped. */
  start(): void {
    this.#count();
    this.#goOn();
  }

  #count(): void {
    const { sql } = this.#deps;
    const left = sql(
      `SELECT count(*) AS count, coalesce(sum(size), 0) AS size FROM
       (SELECT length(body) AS size FROM messages WHERE seq > ? LIMIT ${MOST})`,
    ).get(indexedUpTo(sql));
    // A file without its index (see SCHEMA_5) catches up in steps like any other.
    const count = integer(left ?? {}, 'count');
    this.#more = count === MOST;
    this.#messages = Math.min(count, MOST - 1);
    this.#text = integer(left ?? {}, 'size');
  }

  /** Unindexed messages wait for the next `start`. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** These messages were stored, in the current transaction. */
  added(messages: readonly Pick<Message, 'body'>[]): void {
    this.#messages += messages.length;
    for (const { body } of messages) this.#text += body.length;
    if (messages.length > 0) this.#goOn();
  }

  #goOn(): void {
    if (this.#more || this.#messages >= ENOUGH || this.#text >= ENOUGH_TEXT) this.#step();
    else if (this.#messages > 0) this.#stepAfter(IDLE);
  }

  #stepAfter(delay: number): void {
    if (this.#stopped || this.#running) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.world.after(delay, () => this.#step());
  }

  #step(): void {
    if (this.#stopped || this.#running) return;
    this.#cancelTimer();
    this.#running = true;
    this.#deps.group
      .maintenance(() => this.#indexSome())
      .then(
        () => {
          this.#running = false;
          this.#deps.merge.added();
          // A step that used up its time leaves a few over: they wait for more, as any few do.
          this.#goOn();
        },
        () => {
          this.#running = false;
          this.#stepAfter(RETRY);
        },
      );
  }

  /** Indexes the next messages within the time budget of a step. */
  #indexSome(): void {
    const { sql, world } = this.#deps;
    const started = world.uptime();
    const rows = sql('SELECT seq, body FROM messages WHERE seq > ? ORDER BY seq');
    const insert = sql('INSERT INTO message_words (rowid, words) VALUES (?, ?)');
    for (const row of rows.iterate(indexedUpTo(sql))) {
      insert.run(integer(row, 'seq'), searchWords(text(row, 'body')).join(' '));
      this.#messages = Math.max(0, this.#messages - 1);
      if (this.#messages < MOST && world.uptime() - started >= STEP) {
        // In a file that is being reindexed, at most `MOST` were counted.
        if (this.#messages === 0) this.#count();
        return;
      }
    }
    this.#messages = 0;
    this.#text = 0;
    this.#more = false;
  }
}
