import { RpcTarget } from 'capnweb';

/** The open contract as a stock capnweb server would serve it. */
export class TestRoot extends RpcTarget {
  readonly #name: string;
  #count = 0;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  greet(): string {
    return `Hello! I'm ${this.#name}.`;
  }

  chat(_message: string): string {
    this.#count += 1;
    return `${this.#name} says: Thanks for the message #${this.#count}!`;
  }

  get_stats(): { name: string; messages_received: number } {
    return { name: this.#name, messages_received: this.#count };
  }
}
