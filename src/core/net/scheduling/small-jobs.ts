import type { TurnWork } from './job.ts';

/** Something that is done in one piece. */
export class Task implements TurnWork {
  readonly bytes: number;
  readonly #task: () => number;
  #done = false;

  /**
   * @param task answers what it has cost: see `TurnWork`
   * @param bytes what it keeps in memory until then
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

/** Reading what somebody still sends after the end of a channel costs too. */
export class Unwanted implements TurnWork {
  readonly bytes: number;
  readonly done = true;

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  step(): number {
    return 1;
  }
}
