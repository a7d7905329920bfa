import { RpcTarget } from 'capnweb';

/** The open contract as an example program would write it: no limits, no storage. */
export class BareRoot extends RpcTarget {
  #received = 0;

  get name(): string {
    return 'Bare';
  }

  greet(): string {
    return "Hello! I'm Bare.";
  }

  chat(_message: string): string {
    this.#received += 1;
    return `Bare says: Thanks for the message #${this.#received}!`;
  }

  get_stats(): { name: string; messages_received: number } {
    return { name: 'Bare', messages_received: this.#received };
  }
}
