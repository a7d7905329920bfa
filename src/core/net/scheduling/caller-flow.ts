import { CallSlots } from './call-slots.ts';
import { FairQueue, type Flow } from './fair-queue.ts';
import type { ConnectionCalls } from './open-calls.ts';

/** A connection's jobs, as its flow and the scheduler see them. */
export interface JobQueue extends Flow {
  /**
   * Runs jobs of about this cost, at least one step. Returns the actual cost.
   *
   * @param full whether the caller's call slots are full: only light jobs run then
   */
  run(budget: number, full: boolean): number;
  /** Resumes reading, unless there is a new reason to pause. */
  resume(): void;
}

/** What a connection's queue needs from the scheduler. */
export interface QueueEvents {
  /** The flow has become runnable. */
  readonly onReady: (flow: CallerFlow) => void;
  /** One of the flow's connections, or its last call, has ended. */
  readonly onEnded: (flow: CallerFlow) => void;
  /** Whether this many open calls, with this many bytes to store, use up the caller's allowance. */
  readonly isFull: (open: number, bytes: number) => boolean;
  /** Runs a task in the next event-loop iteration, after pending promise jobs. */
  readonly defer: (task: () => void) => void;
}

/** Limit on a caller's backlog from connections that have closed, bytes. */
const ORPHANED_BYTES = 512 * 1024;

/** One caller's flow; all of its connections share it. */
export class CallerFlow implements Flow {
  tag = 0;
  /** The tick it was last served in, and the cost it was charged then: see `FairScheduler`. */
  tick = -1;
  spent = 0;
  readonly key: string;
  /** Connections with a job that can run now. */
  readonly runnable = new FairQueue<JobQueue>();
  /** Those of them that may run even if the call slots are full: see `ConnectionCalls.isLight`. */
  readonly light = new Set<JobQueue>();
  /** Paused connections with an empty backlog: they wait to be read from again. */
  readonly parked: JobQueue[] = [];
  readonly slots: CallSlots;
  readonly events: QueueEvents;
  /** Number of queues that are open or still have a backlog. */
  queues = 0;
  readonly #openBytes: number;
  /** Backlog of connections that have closed. */
  #orphanedBytes = 0;
  /** Bytes dispatched to calls that may still be open: in total, and by connection. */
  #dispatchedBytes = 0;
  readonly #holding = new Set<ConnectionCalls>();

  /** @param openBytes see `Limits.openBytesOfCaller` */
  constructor(key: string, events: QueueEvents, openBytes: number) {
    this.key = key;
    this.events = events;
    this.#openBytes = openBytes;
    this.slots = new CallSlots(events.isFull);
  }

  /** Whether there is anything to do for this flow. */
  get ready(): boolean {
    if (this.parked.length > 0) return true;
    if (this.light.size > 0 && !this.slots.fullForSmall) return true;
    return this.runnable.size > 0 && !this.full;
  }

  /** Whether it has neither queues nor calls. */
  get unused(): boolean {
    return this.queues === 0 && this.slots.demand === 0;
  }

  /** Whether no further calls may begin, except small ones. */
  get full(): boolean {
    if (this.slots.full) return true;
    if (this.slots.demand === 0 || this.#dispatchedBytes < this.#openBytes) return false;
    for (const calls of this.#holding) if (calls.demand === 0) this.forget(calls);
    return this.#dispatchedBytes >= this.#openBytes;
  }

  /** The connection to serve next. */
  next(full: boolean): JobQueue | undefined {
    if (!full) return this.runnable.next();
    return this.slots.fullForSmall ? undefined : this.runnable.next(this.light);
  }

  /** Accounts for bytes that a connection has dispatched. */
  dispatched(calls: ConnectionCalls, bytes: number): void {
    calls.dispatchedBytes += bytes;
    this.#dispatchedBytes += bytes;
    if (calls.dispatchedBytes > 0) this.#holding.add(calls);
  }

  /** Call when a connection has no open calls left, or moves. Returns the bytes it had dispatched. */
  forget(calls: ConnectionCalls): number {
    const { dispatchedBytes } = calls;
    this.#dispatchedBytes -= dispatchedBytes;
    this.#holding.delete(calls);
    calls.dispatchedBytes = 0;
    return dispatchedBytes;
  }

  /** Accounts for the backlog of a closed connection. Returns whether the limit is exceeded. */
  orphan(bytes: number): boolean {
    this.#orphanedBytes += bytes;
    return this.#orphanedBytes > ORPHANED_BYTES;
  }
}
