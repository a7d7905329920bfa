import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { platform } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished } from 'vitest';

/** The built command line. */
export const BUILT_PARLEY = join(import.meta.dirname, '../../../out/main/parley.js');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real process of ours, its output read by lines. */
export class ParleyProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly lines: string[] = [];
  readonly errorLines: string[] = [];
  /** Resolves when the process has ended and its output is read. */
  readonly ended: Promise<Ended>;
  readonly #watchers = new Set<() => void>();
  #over = false;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(program, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    const read = (input: NodeJS.ReadableStream, lines: string[]) => {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        this.#changed();
      });
    };
    read(this.child.stdout, this.lines);
    read(this.child.stderr, this.errorLines);
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.#over = true;
        this.#changed();
        resolve({ code, signal });
      });
    });
  }

  /** Types a line. */
  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** Asks it to stop and waits for that. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Resolves with the first line of output that matches; rejects when the process ends without. */
  line(pattern: string | RegExp): Promise<string> {
    return this.#find(this.lines, pattern);
  }

  /** The same for the lines of errors. */
  errorLine(pattern: string | RegExp): Promise<string> {
    return this.#find(this.errorLines, pattern);
  }

  /** Resolves when there is more output than `count` lines; rejects when the process ends without. */
  lineAfter(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.lines.length <= count && !this.#over) return;
        this.#watchers.delete(look);
        if (this.lines.length > count) resolve();
        else reject(new Error(`ended after ${count} lines:\n${this.#output()}`));
      };
      this.#watchers.add(look);
      look();
    });
  }

  #find(lines: readonly string[], pattern: string | RegExp): Promise<string> {
    const matches = (line: string) =>
      typeof pattern === 'string' ? line === pattern : pattern.test(line);
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = lines.find(matches);
        if (line === undefined && !this.#over) return;
        this.#watchers.delete(look);
        if (line !== undefined) resolve(line);
        else reject(new Error(`ended without ${pattern}:\n${this.#output()}`));
      };
      this.#watchers.add(look);
      look();
    });
  }

  #output(): string {
    return [...this.lines, ...this.errorLines].join('\n');
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Starts `parley ARGS`; the process does not outlive the running test. */
export function parley(args: readonly string[], env: NodeJS.ProcessEnv = {}): ParleyProcess {
  return startScript(BUILT_PARLEY, args, env);
}

/** Starts a script of ours; the process does not outlive the running test. */
export function startScript(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ParleyProcess {
  const started = new ParleyProcess(process.execPath, [script, ...args], env);
  onTestFinished(async () => {
    started.child.kill('SIGKILL');
    await started.ended;
  });
  return started;
}

/**
 * Asks a process to stop and expects it to do so cleanly. Windows has no such request: a process
 * there can only be ended from outside, so it is no more than that.
 */
export async function expectCleanStop(
  process: ParleyProcess,
  signal: 'SIGINT' | 'SIGTERM',
): Promise<void> {
  const ended = await process.stop(signal);
  if (platform() !== 'win32') expect(ended).toEqual({ code: 0, signal: null });
}

export interface Ran extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `parley ARGS` to its end, with `input` on its standard input. */
export async function runParley(
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Ran> {
  const started = parley(args);
  started.child.stdin.end(input);
  const ended = await started.ended;
  return {
    ...ended,
    stdout: started.lines.join('\n'),
    stderr: started.errorLines.join('\n'),
  };
}
