import type { Identity } from '../../../shared/model/model.ts';
import { CallerFlow, type QueueEvents } from './caller-flow.ts';
import { ConnectionQueue, type QueueLimits } from './connection-queue.ts';
import { FairQueue } from './fair-queue.ts';

export interface FairSchedulerOptions {
  readonly limits: QueueLimits;
  /** Monotonic clock, milliseconds. */
  readonly uptime: () => number;
  /** Runs a task in the next event-loop iteration, after pending reads (`setImmediate`). */
  readonly defer: (task: () => void) => void;
}

/**
 * Work budget per event-loop tick, in cost units (about microseconds). Worst-case extra latency of a
 * new flow: one budget plus one item.
 */
const TICK_BUDGET = 500;
/** Budget without contention: fewer ticks, and larger group commits. */
const SOLO_BUDGET = 5_000;
/**
 * Quantum of a flow, and of a connection within it. Not smaller, because answers of one connection
 * that are ready together leave in one write.
 */
const QUANTUM = 250;
/** Cost of resuming a paused connection: up to 64 KiB are read and cut into frames. */
const RESUME_COST = 100;
/** Grace period after another flow was served, during which the loop still counts as contended. */
const CONTENTION_WINDOW_MS = 250;

/**
 * Fair scheduler for inbound work on the event loop: two levels of start-time fair queueing,
 * callers and the connections of each caller. A caller is an identity with its own flow, or else
 * the address that a connection comes from. The scheduler is work-conserving, so a caller without
 * competition gets everything; a caller within its fair share runs at once, without queueing.
 */
export class FairScheduler {
  readonly #options: FairSchedulerOptions;
  readonly #flows = new Map<string, CallerFlow>();
  readonly #runnable = new FairQueue<CallerFlow>();
  /** Identities with their own flow. */
  readonly #ownFlow = new Set<Identity>();
  /** Connections by authenticated identity, each with its address. */
  readonly #queuesOf = new Map<Identity, Map<ConnectionQueue, string>>();
  #tick = 0;
  #scheduled = false;
  #serving = false;
  /** The flow last served, and when service last switched between flows. */
  #last: CallerFlow | null = null;
  #contendedAt = Number.NEGATIVE_INFINITY;

  constructor(options: FairSchedulerOptions) {
    this.#options = options;
  }

  /** Number of callers. */
  get callers(): number {
    return this.#flows.size;
  }

  /**
   * Opens the queue of a new connection; close it with the connection.
   *
   * @param address flow key if the identity does not have its own flow
   * @param identity the authenticated identity, if any
   * @param setReading pauses or resumes reading from the connection
   */
  openQueue(
    address: string,
    identity: Identity | null,
    setReading: (reading: boolean) => void,
  ): ConnectionQueue {
    const flow = this.#flow(this.#keyOf(address, identity));
    if (identity === null)
      return new ConnectionQueue(flow, this.#options.limits, setReading, () => {});
    const queues = this.#queuesOf.get(identity) ?? new Map<ConnectionQueue, string>();
    this.#queuesOf.set(identity, queues);
    const queue = new ConnectionQueue(flow, this.#options.limits, setReading, () => {
      queues.delete(queue);
      if (queues.size === 0 && this.#queuesOf.get(identity) === queues)
        this.#queuesOf.delete(identity);
    });
    queues.set(queue, address);
    return queue;
  }

  /**
   * Gives an identity its own flow, or returns it to its address's; existing connections move.
   * Identities are free to create, so only those that the user chose may have one.
   */
  setOwnFlow(identity: Identity, has: boolean): void {
    if (this.#ownFlow.has(identity) === has) return;
    if (has) this.#ownFlow.add(identity);
    else this.#ownFlow.delete(identity);
    for (const [queue, address] of this.#queuesOf.get(identity) ?? []) {
      queue.moveTo(this.#flow(this.#keyOf(address, identity)));
    }
  }

  #keyOf(address: string, identity: Identity | null): string {
    return identity !== null && this.#ownFlow.has(identity) ? identity : address;
  }

  #flow(key: string): CallerFlow {
    const flow = this.#flows.get(key) ?? this.#newFlow(key);
    this.#flows.set(key, flow);
    return flow;
  }

  #onEnded(flow: CallerFlow): void {
    if (!flow.unused || this.#flows.get(flow.key) !== flow) return;
    this.#flows.delete(flow.key);
    if (this.#last === flow) this.#last = null;
  }

  #newFlow(key: string): CallerFlow {
    const { limits, defer } = this.#options;
    const events: QueueEvents = {
      onReady: (flow) => this.#onReady(flow),
      onEnded: (flow) => this.#onEnded(flow),
      defer,
      isFull: (open, bytes) => {
        if (open === 0 || open >= limits.openCallsOfCaller) return open > 0;
        const many = open >= limits.openCallsBesideOthers || bytes >= limits.openBytesBesideOthers;
        return many && !this.#isUncontended();
      },
    };
    return new CallerFlow(key, events, limits.openBytesOfCaller);
  }

  #isUncontended(): boolean {
    return this.#options.uptime() - this.#contendedAt > CONTENTION_WINDOW_MS;
  }

  #onReady(flow: CallerFlow): void {
    if (this.#runnable.has(flow)) return;
    if (!this.#serving && this.#mayRunNow(flow)) {
      this.#serve(flow, TICK_BUDGET - spentAt(flow, this.#tick));
    }
    if (flow.ready) this.#runnable.join(flow);
    this.#schedule();
  }

  /** Whether a caller may skip the queue: it is within its fair share. */
  #mayRunNow(flow: CallerFlow): boolean {
    if (spentAt(flow, this.#tick) >= TICK_BUDGET) return false;
    return this.#runnable.size === 0 || this.#runnable.ahead(flow) <= QUANTUM;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.defer(() => this.#runTick());
  }

  #runTick(): void {
    this.#scheduled = false;
    this.#tick += 1;
    if (this.#runnable.size === 0) return;
    let left = this.#runnable.size === 1 && this.#isUncontended() ? SOLO_BUDGET : TICK_BUDGET;
    while (left > 0) {
      const flow = this.#runnable.next();
      if (flow === undefined) break;
      left -= this.#serve(flow, Math.min(left, QUANTUM));
      if (!flow.ready) this.#runnable.leave(flow);
    }
    if (this.#runnable.size > 0) this.#schedule();
  }

  /** Serves one flow up to about this cost. Returns the actual cost. */
  #serve(flow: CallerFlow, budget: number): number {
    this.#noteContention(flow);
    this.#serving = true;
    let spent = 0;
    try {
      const parked = flow.parked.shift();
      if (parked !== undefined) {
        parked.resume();
        spent += RESUME_COST;
      }
      const { full } = flow;
      while (spent < budget) {
        const queue = flow.next(full);
        if (queue === undefined) break;
        const weight = queue.run(Math.min(QUANTUM, budget - spent), full);
        flow.runnable.charge(queue, weight);
        spent += weight;
      }
    } finally {
      this.#serving = false;
      this.#runnable.charge(flow, spent);
      flow.spent = spentAt(flow, this.#tick) + spent;
      flow.tick = this.#tick;
    }
    return spent;
  }

  #noteContention(flow: CallerFlow): void {
    if (this.#last === flow) return;
    if (this.#last !== null) this.#contendedAt = this.#options.uptime();
    this.#last = flow;
  }
}

function spentAt(flow: CallerFlow, tick: number): number {
  return flow.tick === tick ? flow.spent : 0;
}
