import type { Message } from '../../../../shared/model/model.ts';
import type { CancelTimer, World } from '../../../base/world.ts';
import { searchRows } from '../../search-rows.ts';
import type { GroupCommit } from '../group-commit.ts';
import { integer, type Statements, text } from '../rows.ts';
import { MAX_WORD_ROWS } from '../schema.ts';
import type { WordMerge } from './fts-merge.ts';

/**
 * So many unindexed messages, or so much of their text (UTF-16 units), are indexed at once. A
 * segment of the index for 256 messages costs 9 µs a message, for each message alone 65 µs.
 */
const ENOUGH = 256;
const ENOUGH_TEXT = 64 * 1024;
/** Above this backlog, as far as it is counted, a step waits less long for a pause in the writes. */
const MOST = 4 * ENOUGH;
/** Milliseconds; a fifth of the time is enough to keep up with more messages than can be stored. */
const BACKLOG_WAIT = 25;
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
  /** A long message of which some rows are written. */
  #underWay: WordEntry | null = null;
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
      .maintenance(() => this.#indexSome(), this.#messages >= MOST ? BACKLOG_WAIT : undefined)
      .then(
        () => {
          this.#running = false;
          this.#deps.merge.added();
          // A step that used up its time leaves a few over: they wait for more, as any few do.
          this.#goOn();
        },
        () => {
          this.#running = false;
          // Rows of it may have been rolled back.
          this.#underWay = null;
          this.#stepAfter(RETRY);
        },
      );
  }

  /** Indexes the next messages, or a part of a long one, within the time budget of a step. */
  #indexSome(): void {
    const { sql, world } = this.#deps;
    const started = world.uptime();
    const rows = sql('SELECT seq, body FROM messages WHERE seq > ? ORDER BY seq');
    const overdue = () => world.uptime() - started >= STEP;
    for (const row of rows.iterate(indexedUpTo(sql))) {
      const entry = this.#entry(integer(row, 'seq'), () => text(row, 'body'));
      while (!entry.writeRow()) if (overdue()) return;
      this.#messages = Math.max(0, this.#messages - 1);
      if (overdue()) {
        // In a file that is being reindexed, at most `MOST` were counted.
        if (this.#messages === 0) this.#count();
        return;
      }
    }
    this.#messages = 0;
    this.#text = 0;
    this.#more = false;
    this.#underWay = null;
  }

  #entry(seq: number, body: () => string): WordEntry {
    if (this.#underWay?.seq !== seq) this.#underWay = new WordEntry(this.#deps.sql, seq, body());
    return this.#underWay;
  }
}

/**
 * A message on its way into the word index. A long one is written row by row, in as many transactions
 * as it takes; the row in `message_words` comes last, and marks that it is complete.
 */
class WordEntry {
  readonly seq: number;
  readonly #sql: Statements;
  readonly #rows: Generator<string, void>;
  readonly #first: number;
  /** Rows that an earlier run of the program has written, or this one. */
  #written = 0;
  #next: IteratorResult<string, void>;
  #afterNext: IteratorResult<string, void>;

  constructor(sql: Statements, seq: number, body: string) {
    this.seq = seq;
    this.#sql = sql;
    this.#rows = searchRows(body);
    this.#first = seq * MAX_WORD_ROWS;
    this.#next = this.#rows.next();
    this.#afterNext = this.#rows.next();
    // The words of most messages fit into one row.
    if (this.#afterNext.done) return;
    this.#written = this.#writtenBefore();
    for (let row = 0; row < this.#written; row += 1) this.#advance();
  }

  #advance(): void {
    this.#next = this.#afterNext;
    this.#afterNext = this.#rows.next();
  }

  /** Returns whether it was the last row. */
  writeRow(): boolean {
    const row = this.#next;
    const isLast = this.#afterNext.done === true;
    const isLong = this.#written > 0 || !isLast;
    if (isLong && !row.done) {
      this.#insert('long_message_words', this.#first + this.#written, row.value);
      this.#written += 1;
    }
    if (isLast) this.#insert('message_words', this.seq, isLong || row.done ? '' : row.value);
    this.#advance();
    return isLast;
  }

  #insert(table: string, rowid: number, words: string): void {
    this.#sql(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`).run(rowid, words);
  }

  #writtenBefore(): number {
    const last = this.#sql(
      `SELECT rowid AS row FROM long_message_words WHERE rowid >= ? AND rowid < ?
       ORDER BY rowid DESC LIMIT 1`,
    ).get(this.#first, this.#first + MAX_WORD_ROWS);
    return last ? integer(last, 'row') - this.#first + 1 : 0;
  }
}
