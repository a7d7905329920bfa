import type { Limits } from '../../../shared/model/limits.ts';
import type { CallGuard } from '../../protocol/call-guard.ts';
import type { CallerFlow, JobQueue } from './caller-flow.ts';
import type { Barrier, Job } from './job.ts';
import { ConnectionCalls } from './open-calls.ts';

export type QueueLimits = Pick<
  Limits,
  | 'openCalls'
  | 'openCallsOfCaller'
  | 'openCallsBesideOthers'
  | 'openBytesBesideOthers'
  | 'openBytesOfCaller'
  | 'waitingBytes'
>;

/** Memory overhead of a queued job besides its payload. */
const JOB_OVERHEAD_BYTES = 64;

/** FIFO of the jobs that have arrived on one connection. */
export class ConnectionQueue implements JobQueue {
  tag = 0;
  #flow: CallerFlow;
  readonly #limits: QueueLimits;
  readonly #setReading: (reading: boolean) => void;
  readonly #onClose: () => void;
  readonly #calls: ConnectionCalls;
  readonly #jobs: Job[] = [];
  #bytes = 0;
  #held = false;
  #reading = true;
  #closed = false;
  #finished = false;
  #onDone = () => {};
  /** The next job's barrier has been met. */
  #barrierPassed = false;
  #checkingBarrier = false;

  /** @param setReading pauses or resumes reading from the connection */
  constructor(
    flow: CallerFlow,
    limits: QueueLimits,
    setReading: (reading: boolean) => void,
    onClose: () => void,
  ) {
    this.#flow = flow;
    this.#limits = limits;
    this.#setReading = setReading;
    this.#onClose = onClose;
    this.#calls = new ConnectionCalls(flow.slots, limits.openCalls, () => this.#onCallEnd());
    flow.queues += 1;
  }

  /** Runs a call of this connection: see `ConnectionCalls`. */
  get meter(): CallGuard {
    return this.#calls.meter;
  }

  /** Whether the next job can run now. */
  get ready(): boolean {
    const [job] = this.#jobs;
    if (job === undefined || this.#held) return false;
    if (this.#barrier !== null && !this.#barrierPassed) return false;
    // Nothing more arrives on a closed connection: its calls may wait for their slots themselves.
    return this.#closed || !this.#calls.full;
  }

  /** Whether the next job is too small to matter to other connections. */
  get #isLight(): boolean {
    const [job] = this.#jobs;
    return job !== undefined && this.#calls.isLight(job.bytes);
  }

  /** Whether reading is paused. */
  get paused(): boolean {
    return !this.#reading && !this.#closed;
  }

  /** Size of the backlog. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  /** Enqueues a job; runs it at once if the caller is within its fair share. */
  offer(job: Job): void {
    if (this.#closed) return;
    this.#jobs.push(job);
    this.#bytes += job.bytes + JOB_OVERHEAD_BYTES;
    this.#wake();
    if (this.#bytes > this.#limits.waitingBytes) this.#pause();
  }

  /** Suspends the queue until `release`: the peer does not read its answers. */
  hold(): void {
    this.#held = true;
    this.#updateReadiness();
    if (this.#jobs.length > 0) this.#pause();
  }

  release(): void {
    this.#held = false;
    this.#wake();
  }

  /**
   * The connection has closed. Its backlog is still processed, unless closed connections of the
   * same caller have left too much already: reconnecting again and again must not fill memory.
   *
   * @param onDone called when the backlog is empty
   */
  close(onDone: () => void = () => {}): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = false;
    this.#onDone = onDone;
    this.#unpark();
    if (this.#flow.orphan(this.#bytes)) this.clear();
    else if (this.#jobs.length === 0) this.#finish();
    else this.#wake();
  }

  /** Drops the backlog. */
  clear(): void {
    if (this.#closed) this.#flow.orphan(-this.#bytes);
    this.#jobs.length = 0;
    this.#bytes = 0;
    this.#updateReadiness();
    if (this.#closed) this.#finish();
    else this.#park();
  }

  /** Reassigns the queue to another flow, with its open calls and its backlog. */
  moveTo(flow: CallerFlow): void {
    const from = this.#flow;
    if (from === flow) return;
    const wasParked = this.#unpark();
    from.runnable.leave(this);
    from.light.delete(this);
    flow.dispatched(this.#calls, from.forget(this.#calls));
    if (this.#closed) {
      from.orphan(-this.#bytes);
      flow.orphan(this.#bytes);
    }
    if (!this.#finished) {
      from.queues -= 1;
      flow.queues += 1;
    }
    this.#flow = flow;
    this.#calls.moveTo(flow.slots);
    if (wasParked) this.#park();
    this.#wake();
    if (from.ready) from.events.onReady(from);
    from.events.onEnded(from);
  }

  /**
   * Runs jobs of about this cost, at least one step. Returns the actual cost.
   *
   * @param full whether the caller's call slots are full: only light jobs run then
   */
  run(budget: number, full: boolean): number {
    if (this.#calls.demand === 0) this.#flow.forget(this.#calls);
    let spent = 0;
    while (spent < budget && this.ready && (!full || this.#isLight)) {
      const [job] = this.#jobs;
      if (job === undefined) break;
      this.#barrierPassed = false;
      spent += job.step();
      if (job.done && this.#jobs[0] === job) {
        this.#jobs.shift();
        this.#flow.dispatched(this.#calls, job.bytes);
        this.#bytes -= job.bytes + JOB_OVERHEAD_BYTES;
        if (this.#closed) this.#flow.orphan(-job.bytes - JOB_OVERHEAD_BYTES);
      }
    }
    this.#updateReadiness();
    if (this.ready) return spent;
    if (this.#closed && this.#jobs.length === 0) this.#finish();
    else this.#park();
    this.#awaitBarrier();
    return spent;
  }

  /** Resumes reading, unless there is a new reason to pause; it is parked again afterwards. */
  resume(): void {
    if (this.#reading || this.#held || this.#jobs.length > 0) return;
    this.#reading = true;
    this.#setReading(true);
  }

  /** Closed, and the backlog is empty. */
  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#flow.queues -= 1;
    this.#onClose();
    this.#flow.events.onEnded(this.#flow);
    this.#onDone();
  }

  #pause(): void {
    if (!this.#reading || this.#closed) return;
    this.#reading = false;
    this.#setReading(false);
    this.#park();
  }

  /** A paused queue with an empty backlog waits for the scheduler to resume reading. */
  #park(): void {
    if (this.#reading || this.#closed || this.#held || this.#jobs.length > 0) return;
    if (this.#flow.parked.includes(this)) return;
    this.#flow.parked.push(this);
    this.#flow.events.onReady(this.#flow);
  }

  #unpark(): boolean {
    const index = this.#flow.parked.indexOf(this);
    if (index >= 0) this.#flow.parked.splice(index, 1);
    return index >= 0;
  }

  #onCallEnd(): void {
    if (this.#calls.demand === 0) this.#flow.forget(this.#calls);
    this.#wake();
    if (this.#finished) this.#flow.events.onEnded(this.#flow);
  }

  /** Joins or leaves the flow's run queue. */
  #updateReadiness(): void {
    const { runnable, light } = this.#flow;
    if (this.ready) {
      runnable.join(this);
      if (this.#isLight) light.add(this);
      else light.delete(this);
    } else {
      runnable.leave(this);
      light.delete(this);
    }
  }

  get #barrier(): Barrier | null {
    return this.#jobs[0]?.waitsFor ?? null;
  }

  /** Calls start a few promise jobs after dispatch, so a barrier is checked one tick later. */
  #awaitBarrier(): void {
    if (this.#checkingBarrier || this.#barrierPassed || !this.#barrierMet) return;
    this.#checkingBarrier = true;
    this.#flow.events.defer(() => {
      this.#checkingBarrier = false;
      this.#barrierPassed = this.#barrierMet;
      if (this.#barrierPassed) this.#wake();
    });
  }

  get #barrierMet(): boolean {
    const waitsFor = this.#barrier;
    return waitsFor === 'begun' || (waitsFor === 'ended' && this.#calls.idle);
  }

  #wake(): void {
    this.#awaitBarrier();
    this.#updateReadiness();
    if (!this.ready) this.#park();
    if (this.#flow.ready) this.#flow.events.onReady(this.#flow);
  }
}
