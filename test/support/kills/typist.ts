import { join } from 'node:path';
import type { Dice } from '../../simulation/dice.ts';
import { type ServeEvent, ServeProcess } from './serve-process.ts';

/** Lines typed ahead of what the process has said it accepted. */
const AHEAD = 8;

export interface Accepted {
  readonly id: string;
  readonly body: string;
}

export interface TypistOptions {
  readonly name: string;
  /** The built `parley.js`. */
  readonly program: string;
  readonly folder: string;
  readonly port: number;
  /** Where the other one is called. */
  readonly peerPort: number;
}

/** One of the two people: the process that serves them, restarted as often as it is killed. */
export class Typist {
  readonly name: string;
  readonly dataDir: string;
  /** What the process said is kept, over all its lives, in that order. */
  readonly accepted: Accepted[] = [];
  starts = 0;
  receivedLines = 0;
  process: ServeProcess;
  readonly #options: TypistOptions;
  readonly #progress = new Set<() => void>();
  #typed = 0;
  #open = 0;
  #quota = 0;

  constructor(options: TypistOptions) {
    this.#options = options;
    this.name = options.name;
    this.dataDir = join(options.folder, options.name);
    this.process = this.#start();
  }

  restart(): void {
    this.process = this.#start();
  }

  /** Types that many lines more, a few at a time. */
  stream(lines: number): void {
    this.#quota += lines;
    this.#typeAhead();
  }

  /** Resolves after that many lines were accepted or received, or when the process has ended. */
  progress(lines: number): Promise<void> {
    return new Promise((resolve) => {
      let left = lines;
      const step = () => {
        left -= 1;
        if (left > 0) return;
        this.#progress.delete(step);
        resolve();
      };
      this.#progress.add(step);
      void this.process.ended.then(() => {
        this.#progress.delete(step);
        resolve();
      });
    });
  }

  /** Types one line; resolves when the other side has acknowledged it. */
  async lastLine(): Promise<void> {
    this.#quota = 0;
    const body = this.#nextLine();
    const isIt = (it: ServeEvent) => it.event === 'accepted' && it['body'] === body;
    this.process.type(body);
    const { id } = await this.process.when(`acceptance of ${body}`, isIt);
    await this.process.when(
      `delivery of ${body}`,
      (it) => it.event === 'delivered' && it['id'] === id,
    );
  }

  #start(): ServeProcess {
    const { name, port, peerPort, program } = this.#options;
    this.starts += 1;
    this.#open = 0;
    this.#quota = 0;
    const peer = ['--peer', `127.0.0.1:${peerPort}`];
    const args = ['--name', name, '--port', String(port), '--data', this.dataDir, ...peer];
    return new ServeProcess(program, args, (event) => this.#onEvent(event));
  }

  #onEvent({ event, id, body }: ServeEvent): void {
    if (event !== 'accepted' && event !== 'received') return;
    if (event === 'accepted') {
      this.accepted.push({ id: String(id), body: String(body) });
      this.#open -= 1;
      this.#typeAhead();
    } else {
      this.receivedLines += 1;
    }
    for (const step of [...this.#progress]) step();
  }

  #typeAhead(): void {
    while (this.#quota > 0 && this.#open < AHEAD) {
      this.#quota -= 1;
      this.#open += 1;
      this.process.type(this.#nextLine());
    }
  }

  #nextLine(): string {
    this.#typed += 1;
    return `${this.name}#${this.#typed}`;
  }
}

/** A random part of a whole number of milliseconds up to `most`. */
export function moment(dice: Dice, most: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, dice.between(0, most)));
}
