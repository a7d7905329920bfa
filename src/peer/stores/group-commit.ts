import type { DatabaseSync } from 'node:sqlite';
import { ProblemError, problem } from '../../shared/problem.ts';
import { storageError } from './storage-problem.ts';

/** A transaction takes no further operations after this time, so that the event loop is not held. */
const MAX_MILLISECONDS = 20;
const MAX_OPERATIONS = 256;
/** A group slower than this is reported. */
const SLOW_MILLISECONDS = 250;

/** How long one transaction with its flush to disk held the process, and how much it held. */
export interface SlowCommit {
  readonly milliseconds: number;
  readonly operations: number;
}

export interface GroupCommitOptions {
  readonly uptime: () => number;
  readonly onSlow: (slow: SlowCommit) => void;
}

interface Operation {
  readonly kind: 'read' | 'write';
  /** Does the work inside the transaction; the answer is held back until the commit. */
  readonly run: () => void;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets operations that are called close together share one transaction, and so one flush to disk.
 *
 * Operations take effect in call order. Each promise settles only when the transaction has: a write
 * is on disk when it resolves, and a read never shows what could still be lost. One that fails takes
 * only itself back. If the commit fails, nothing of the group is stored and all its writes reject;
 * the next group starts afresh, so the store works again once the cause is gone.
 *
 * node:sqlite works synchronously, so while a commit is under way nothing else runs: what arrived in
 * the meantime is what the next group holds. A group starts after the input that is already there
 * has been handled (`setImmediate`), which is what gathers messages from several connections.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #options: GroupCommitOptions;
  #queue: Operation[] = [];
  #scheduled = false;
  #closed = false;

  constructor(database: DatabaseSync, options: GroupCommitOptions) {
    this.#database = database;
    this.#options = options;
  }

  write<T>(work: () => T): Promise<T> {
    return this.#enqueue('write', work);
  }

  /** Answers at once when no write waits, else in its turn. */
  read<T>(work: () => T): Promise<T> {
    return this.#enqueue('read', work);
  }

  /** Commits what was called before, and refuses what comes after. */
  close(): void {
    this.#closed = true;
    while (this.#queue.length > 0) this.#commitGroup();
  }

  #enqueue<T>(kind: Operation['kind'], work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new ProblemError(problem('stopped')));
    return new Promise<T>((resolve, reject) => {
      let settle = () => {};
      const operation: Operation = {
        kind,
        run: () => {
          const value = work();
          settle = () => resolve(value);
        },
        succeed: () => settle(),
        fail: (error) => reject(storageError(error)),
      };
      if (kind === 'read' && this.#queue.length === 0) {
        runAlone(operation);
      } else {
        this.#queue.push(operation);
        this.#schedule();
      }
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#queue.length > 0) this.#commitGroup();
      this.#schedule();
    });
  }

  #commitGroup(): void {
    const started = this.#options.uptime();
    const group: Operation[] = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      this.#fill(group, started);
      this.#database.exec('COMMIT');
    } catch (error) {
      // Nothing was taken when BEGIN failed: what waits would meet the same, and is told so.
      if (group.length === 0) group.push(...this.#queue.splice(0, MAX_OPERATIONS));
      this.#abandon(group, error);
      return;
    }
    for (const operation of group) operation.succeed();
    const milliseconds = this.#options.uptime() - started;
    if (milliseconds > SLOW_MILLISECONDS) {
      this.#options.onSlow({ milliseconds, operations: group.length });
    }
  }

  /** Moves operations from the queue into the open transaction. */
  #fill(group: Operation[], started: number): void {
    do {
      const operation = this.#queue.shift();
      if (!operation) return;
      group.push(operation);
      this.#attempt(operation);
    } while (group.length < MAX_OPERATIONS && this.#options.uptime() - started < MAX_MILLISECONDS);
  }

  /** Runs one operation; if it fails, what it did is undone and the others stay. */
  #attempt(operation: Operation): void {
    this.#database.exec('SAVEPOINT operation');
    try {
      operation.run();
    } catch (error) {
      // After some errors (a full disk, a failing one) SQLite has rolled the whole group back.
      if (!this.#database.isTransaction) throw error;
      this.#database.exec('ROLLBACK TO operation');
      operation.fail(error);
    }
    this.#database.exec('RELEASE operation');
  }

  #abandon(group: readonly Operation[], error: unknown): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    for (const operation of group) {
      if (operation.kind === 'read') runAlone(operation);
      else operation.fail(error);
    }
  }
}

function runAlone(operation: Operation): void {
  try {
    operation.run();
    operation.succeed();
  } catch (error) {
    operation.fail(error);
  }
}
