import { IPC_CHANNELS, shellChannel } from '../../shared/bridge/ipc-channels.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import {
  type DesktopAction,
  SHELL_COMMAND_NAMES,
  type ShellCommandName,
  type ShellCommands,
  type ShellInput,
  type ShellState,
} from '../../shared/bridge/shell-bridge.ts';
import { shellSchemas } from '../../shared/bridge/shell-schemas.ts';
import { ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { type PageDeps, trustedIpc } from './sender.ts';
import type { PageContents } from './subscriptions.ts';

export interface ShellIpcDeps extends PageDeps {
  readonly commands: ShellCommands;
}

/** Pushes to the page. */
export interface ShellPage {
  /** Sends the state to the page, if there is one. */
  show(state: ShellState): void;
  /** Has the page perform an action. While no page listens, the last action is kept. */
  perform(action: DesktopAction): void;
}

/** Lets our page use the desktop app: one channel a command, and two for what it is told. */
export function serveShellIpc(deps: ShellIpcDeps): ShellPage {
  const ipc = trustedIpc(deps);
  const page = new Page();
  for (const name of SHELL_COMMAND_NAMES) {
    ipc.handle(shellChannel(name), (_event, input) => run(deps, name, input));
  }
  ipc.on(IPC_CHANNELS.shellListening, ({ sender }) => page.listen(sender));
  // A new document has not begun to listen yet.
  ipc.on(IPC_CHANNELS.pageStarted, ({ sender }) => page.forget(sender));
  return page;
}

function run<Name extends ShellCommandName>(
  { commands, onUnexpected }: ShellIpcDeps,
  name: Name,
  input: unknown,
): Outcome<unknown> {
  const parsed = shellSchemas[name].safeParse(input);
  if (!parsed.success) {
    return { ok: false, problem: problem('bad-input', { reason: `${name}: not its input` }) };
  }
  try {
    const command = commands[name] as (input: ShellInput<Name>) => unknown;
    return { ok: true, value: command(parsed.data) };
  } catch (error) {
    if (!(error instanceof ProblemError)) onUnexpected(error);
    return { ok: false, problem: problemOf(error) };
  }
}

class Page implements ShellPage {
  #page: PageContents | null = null;
  #pending: DesktopAction | null = null;
  readonly #known = new WeakSet<PageContents>();

  listen(page: PageContents): void {
    this.#page = page;
    if (!this.#known.has(page)) {
      this.#known.add(page);
      page.once('destroyed', () => this.forget(page));
      page.on('render-process-gone', () => this.forget(page));
    }
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) this.perform(pending);
  }

  forget(page: PageContents): void {
    if (this.#page === page) this.#page = null;
  }

  show(state: ShellState): void {
    this.#send(IPC_CHANNELS.shellState, state);
  }

  perform(action: DesktopAction): void {
    if (!this.#send(IPC_CHANNELS.desktopAction, action)) this.#pending = action;
  }

  #send(channel: string, value: unknown): boolean {
    const page = this.#page;
    if (page === null || page.isDestroyed()) return false;
    page.send(channel, value);
    return true;
  }
}
