import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ProblemError, problem } from '../../../shared/problems/problem.ts';
import type { CancelTimer, World } from '../../base/world.ts';
import { storageError } from './storage-problem.ts';

/**
 * A transaction takes no further operations after this time, so as not to block the event loop. The
 * flush to disk comes on top.
 */
const MAX_MILLISECONDS = 5;
const MAX_OPERATIONS = 256;
/** The same for bytes of text: they are flushed to disk together. */
const MAX_BYTES = 128 * 1024;

/** Maintenance waits for a pause in the writes, as each write would wait for it. Milliseconds. */
const PAUSE = 20;
/** Without a pause, a step of maintenance runs after this time. Milliseconds. */
const MAX_WAIT = 250;

interface Operation {
  readonly kind: 'read' | 'write' | 'maintenance';
  /** About how much it writes, bytes of text. */
  readonly bytes: number;
  /** How long it may wait for a pause in the writes, milliseconds. */
  readonly maxWait: number;
  /** Runs inside the transaction; its result is held back until the commit. */
  readonly run: () => void;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Group commit: concurrent operations share one transaction, and so one flush to disk.
 *
 * Operations take effect in call order. Each promise settles only when the transaction has: a write
 * is on disk when it resolves, and a read never returns what could still be lost. An operation that
 * fails is rolled back alone. If the commit fails, nothing of the group is stored and all its
 * writes reject; the next group starts afresh, so the store recovers once the cause is removed.
 *
 * node:sqlite is synchronous, so nothing else runs during a commit: operations that arrive
 * meanwhile form the next group. A group starts after pending input has been handled
 * (`setImmediate`), so that messages from several connections share it.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #world: Pick<World, 'uptime' | 'after'>;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  #queue: Operation[] = [];
  #maintenance: Operation[] = [];
  #lastWrite = Number.NEGATIVE_INFINITY;
  /** When maintenance last ran, or began to wait. */
  #waitingSince = 0;
  #cancelTimer: CancelTimer = () => {};
  #scheduled = false;
  /** The time that reads have taken in this turn of the event loop, milliseconds; null before any. */
  #reading: number | null = null;
  #closed = false;

  constructor(database: DatabaseSync, world: Pick<World, 'uptime' | 'after'>) {
    this.#database = database;
    this.#world = world;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#end = database.prepare('COMMIT');
    this.#savepoint = database.prepare('SAVEPOINT operation');
    this.#release = database.prepare('RELEASE operation');
  }

  /** @param bytes about how much is written, bytes of text */
  write<T>(work: () => T, bytes = 0): Promise<T> {
    return this.#enqueue('write', work, { bytes });
  }

  /**
   * Runs at once if no write is queued, else in order. Once reads have taken as long as a transaction
   * may, further ones wait for the next turn of the event loop: one that reads in steps, as a search
   * does, would else hold it as long as if there were no steps.
   */
  read<T>(work: () => T): Promise<T> {
    return this.#enqueue('read', work);
  }

  /**
   * Background work without a durability promise, repeated after a crash: a separate transaction in
   * a pause of the writes (`PAUSE`, `MAX_WAIT`), without waiting for the disk. In WAL mode `synchronous=NORMAL`
   * loses at worst the last transactions, in order and whole; the next durable write flushes those
   * before it.
   *
   * @param maxWait without a pause, it runs after this time, milliseconds
   */
  maintenance<T>(work: () => T, maxWait = MAX_WAIT): Promise<T> {
    return this.#enqueue('maintenance', work, { maxWait });
  }

  /** Commits pending operations; rejects maintenance and later calls. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    while (this.#queue.length > 0) this.#commitGroup();
    for (const operation of this.#maintenance.splice(0)) {
      operation.fail(new ProblemError(problem('stopped')));
    }
  }

  #enqueue<T>(
    kind: Operation['kind'],
    work: () => T,
    { bytes = 0, maxWait = MAX_WAIT }: Partial<Pick<Operation, 'bytes' | 'maxWait'>> = {},
  ): Promise<T> {
    if (this.#closed) return Promise.reject(new ProblemError(problem('stopped')));
    return new Promise<T>((resolve, reject) => {
      let settle = () => {};
      const operation: Operation = {
        kind,
        bytes,
        maxWait,
        run: () => {
          const value = work();
          settle = () => resolve(value);
        },
        succeed: () => settle(),
        fail: (error) => reject(storageError(error)),
      };
      if (kind === 'read' && this.#mayReadNow()) {
        const started = this.#world.uptime();
        runAlone(operation);
        this.#reading = (this.#reading ?? 0) + this.#world.uptime() - started;
      } else {
        if (kind === 'maintenance') {
          if (this.#maintenance.length === 0) this.#waitingSince = this.#world.uptime();
          this.#maintenance.push(operation);
        } else {
          this.#queue.push(operation);
        }
        this.#schedule();
      }
    });
  }

  #mayReadNow(): boolean {
    if (this.#queue.length > 0) return false;
    if (this.#reading === null) {
      setImmediate(() => {
        this.#reading = null;
      });
    }
    return (this.#reading ?? 0) < MAX_MILLISECONDS;
  }

  #schedule(): void {
    if (this.#scheduled || this.#queue.length + this.#maintenance.length === 0) return;
    this.#cancelTimer();
    const wait = this.#queue.length > 0 ? 0 : this.#untilMaintenance();
    if (wait > 0) {
      this.#cancelTimer = this.#world.after(wait, () => this.#schedule());
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#maintenance.length > 0 && this.#untilMaintenance() <= 0) {
        this.#commitMaintenance();
        this.#waitingSince = this.#world.uptime();
      } else if (this.#queue.length > 0) {
        this.#commitGroup();
        this.#lastWrite = this.#world.uptime();
      }
      this.#schedule();
    });
  }

  /** Milliseconds until maintenance may run, none or less for at once. */
  #untilMaintenance(): number {
    const waits = this.#maintenance.map(({ maxWait }) => maxWait);
    const latest = this.#waitingSince + Math.min(...waits);
    const next = this.#queue.length > 0 ? latest : Math.min(this.#lastWrite + PAUSE, latest);
    return next - this.#world.uptime();
  }

  /** One operation, without waiting for the disk. */
  #commitMaintenance(): void {
    const operation = this.#maintenance.shift();
    if (!operation) return;
    this.#database.exec('PRAGMA synchronous = NORMAL');
    this.#commit([operation], () => operation.run());
    this.#database.exec('PRAGMA synchronous = FULL');
  }

  #commitGroup(): void {
    const group: Operation[] = [];
    this.#commit(group, (started) => this.#fill(group, started));
  }

  #commit(group: Operation[], work: (started: number) => void): void {
    const started = this.#world.uptime();
    try {
      this.#begin.run();
      work(started);
      this.#end.run();
    } catch (error) {
      // If BEGIN failed, nothing was dequeued: queued operations would fail alike, so they do now.
      if (group.length === 0) group.push(...this.#queue.splice(0, MAX_OPERATIONS));
      this.#abandon(group, error);
      return;
    }
    for (const operation of group) operation.succeed();
  }

  /** Moves operations from the queue into the open transaction. */
  #fill(group: Operation[], started: number): void {
    const alone = this.#queue.length === 1;
    let bytes = 0;
    let full = false;
    do {
      const operation = this.#queue.shift();
      if (!operation) return;
      group.push(operation);
      bytes += operation.bytes;
      // A single operation needs no savepoint: its failure rolls back the transaction.
      if (alone) operation.run();
      else this.#attempt(operation);
      full = group.length >= MAX_OPERATIONS || bytes >= MAX_BYTES;
    } while (!full && this.#world.uptime() - started < MAX_MILLISECONDS);
  }

  /** Runs one operation in a savepoint; if it fails, it is rolled back alone. */
  #attempt(operation: Operation): void {
    const writes = operation.kind !== 'read';
    if (writes) this.#savepoint.run();
    try {
      operation.run();
    } catch (error) {
      // After some errors (a full disk, a failing one) SQLite has rolled the whole group back.
      if (!this.#database.isTransaction) throw error;
      if (writes) this.#database.exec('ROLLBACK TO operation');
      operation.fail(error);
    }
    if (writes) this.#release.run();
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
