import type { Job } from './job.ts';

/** A job of one step. */
export class Task implements Job {
  readonly bytes: number;
  readonly #task: () => number;
  #done = false;

  /**
   * @param task returns its cost: see `Job`
   * @param bytes memory it holds until then
   */
  constructor(task: () => number, bytes = 0) {
    this.#task = task;
    this.bytes = bytes;
  }

  get done(): boolean {
    return this.#done;
  }

  step(): number {
    this.#done = true;
    return this.#task();
  }
}

/** A frame that arrived after the end of its channel: reading it costs too. */
export class DiscardedFrame implements Job {
  readonly bytes: number;
  readonly done = true;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  step(): number {
    return 1;
  }
}
