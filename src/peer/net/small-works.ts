import type { TurnWork } from './turn-lane.ts';

/** Something that is done in one piece. */
export class Task implements TurnWork {
  readonly bytes = 0;
  readonly #task: () => void;
  readonly #weight: number;
  #done = false;

  /** @param weight what it costs: see `TurnWork` */
  constructor(task: () => void, weight = 1) {
    this.#task = task;
    this.#weight = weight;
  }

  get done(): boolean {
    return this.#done;
  }

  step(): number {
    this.#done = true;
    this.#task();
    return this.#weight;
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
