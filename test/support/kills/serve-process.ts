import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One event that `parley serve --json` printed. */
export type ServeEvent = Readonly<Record<string, unknown>> & { readonly event: string };

/** A running `parley serve --json`. Unlike the one for single tests it does not need a test runner. */
export class ServeProcess {
  readonly errorLines: string[] = [];
  /** Resolves when the process is gone and all that it printed was read. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #listeners = new Set<(event: ServeEvent) => void>();
  readonly #seen: ServeEvent[] = [];
  #over = false;

  constructor(program: string, args: readonly string[], onEvent: (event: ServeEvent) => void) {
    this.#listeners.add(onEvent);
    this.#child = spawn(process.execPath, [program, 'serve', '--json', ...args]);
    // Lines typed at a process that is just being killed go nowhere.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#onLine(line));
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.errorLines.push(line));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#over = true;
        this.#tell({ event: 'ended' });
        resolve(code);
      });
    });
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** As a power cut would, but for what the system still holds in its caches. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }

  /** Resolves with the first event, past or to come, that matches; rejects when it ends without. */
  async when(what: string, matches: (event: ServeEvent) => boolean): Promise<ServeEvent> {
    const past = this.#seen.find(matches);
    if (past) return past;
    return new Promise((resolve, reject) => {
      const look = (event: ServeEvent) => {
        if (!matches(event) && event.event !== 'ended') return;
        this.#listeners.delete(look);
        if (matches(event)) resolve(event);
        else reject(new Error(`ended before ${what}: ${this.errorLines.join(' ')}`));
      };
      this.#listeners.add(look);
      if (this.#over) look({ event: 'ended' });
    });
  }

  /** The newest events, for the message of a run that is stuck. */
  get newest(): string {
    return this.#seen
      .slice(-8)
      .map((event) => `  ${JSON.stringify(event)}`)
      .join('\n');
  }

  #onLine(line: string): void {
    const event = readEvent(line);
    if (event === null) return;
    this.#seen.push(event);
    this.#tell(event);
  }

  #tell(event: ServeEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** Null for half a line, which a killed process may leave. */
function readEvent(line: string): ServeEvent | null {
  try {
    return JSON.parse(line) as ServeEvent;
  } catch {
    return null;
  }
}
