import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { freePort } from '../basics/free-port.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

// Chromium refuses to run as root with its sandbox on.
const IS_ROOT = process.getuid?.() === 0;

/** What a machine needs that nobody sits at. */
export const UNATTENDED: readonly string[] = [
  ...(IS_ROOT ? ['--no-sandbox'] : []),
  // macOS asks whoever sits there whether each new program may use the keychain.
  ...(process.platform === 'darwin' ? ['--use-mock-keychain'] : []),
];

/** How a copy is started. */
export interface StartOptions {
  /** Whose copy: a name is a profile and keeps its port from start to start. */
  readonly name: string;
  /** A `parley://` link, as the system would hand it over. */
  readonly link?: string;
  readonly hidden?: boolean;
}

/** A running copy of the built app in real Electron. */
export interface RealCopy {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Quits as the menu does, and answers the exit code. */
  quit(): Promise<number | null>;
  /** The exit code, when the copy has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** One computer: the profiles of its users, and the copies that run on it. */
export class Computer {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-real-'));
  readonly #ports = new Map<string, number>();
  readonly #running = new Set<ChildProcess>();

  /** `program` is Electron's executable. */
  constructor(program: string) {
    this.#program = program;
  }

  /** The folder of somebody's profile. */
  folderOf(name: string): string {
    return join(this.#folder, name);
  }

  /** Starts a copy under a debugger, so that a test can look at both of its sides. */
  async start({ name, link, hidden }: StartOptions): Promise<RealCopy> {
    const app = await _electron.launch({
      executablePath: this.#program,
      // A link comes last: behind a URL, Electron takes an option for an attack.
      args: [
        ...this.#arguments(name),
        ...['--name', name, '--port', String(await this.#portOf(name))],
        ...(hidden ? ['--hidden'] : []),
        ...(link === undefined ? [] : [link]),
      ],
      cwd: ROOT,
      chromiumSandbox: !IS_ROOT,
    });
    const child = app.process();
    this.#running.add(child);
    const ended = once(child, 'exit').then(() => {
      this.#running.delete(child);
      return child.exitCode;
    });
    const page = await app.firstWindow();
    const quit = async (): Promise<number | null> => {
      // The process may be gone before it can answer.
      await app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
      return ended;
    };
    return { app, page, quit, ended };
  }

  /** Starts somebody's profile once more, as a launcher would; answers the exit code. */
  async startAgain(name: string, ...more: readonly string[]): Promise<number | null> {
    const child = spawn(this.#program, [...this.#arguments(name), ...more], {
      cwd: ROOT,
      stdio: 'ignore',
      env: plainEnvironment(),
    });
    this.#running.add(child);
    await once(child, 'exit');
    this.#running.delete(child);
    return child.exitCode;
  }

  /** Ends all copies, whatever they are at, and forgets their profiles. */
  async end(): Promise<void> {
    for (const child of this.#running) await endProcess(child);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #arguments(name: string): string[] {
    return [ROOT, ...UNATTENDED, '--data', this.folderOf(name)];
  }

  async #portOf(name: string): Promise<number> {
    const port = this.#ports.get(name) ?? (await freePort());
    this.#ports.set(name, port);
    return port;
  }
}

/** The environment without what changes how Node, inside Electron, starts. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...rest } = process.env;
  return rest;
}

/** Ends a program and what it has started; on Windows its first process may be a shell. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  } else child.kill('SIGKILL');
  await exited;
}
