import {
  DESKTOP_COMMAND_NAMES,
  type DesktopAction,
  type DesktopCommandName,
  type DesktopCommands,
  type DesktopInput,
  type DesktopState,
} from '../../shared/bridge/desktop-bridge.ts';
import { desktopSchemas } from '../../shared/bridge/desktop-schemas.ts';
import { desktopChannel, IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { ProblemError, problem, problemOf } from '../../shared/problems/problem.ts';
import { type PageDeps, trustedIpc } from './sender.ts';
import type { PageContents } from './subscriptions.ts';

export interface DesktopIpcDeps extends PageDeps {
  readonly commands: DesktopCommands;
}

/** Pushes to the page. */
export interface DesktopPage {
  /** Sends the state to the page, if there is one. */
  show(state: DesktopState): void;
  /** Has the page perform an action. While no page listens, the last action is kept. */
  perform(action: DesktopAction): void;
}

/** Lets our page use the desktop app: one channel a command, and two for what it is told. */
export function serveDesktopIpc(deps: DesktopIpcDeps): DesktopPage {
  const ipc = trustedIpc(deps);
  const page = new Page();
  for (const name of DESKTOP_COMMAND_NAMES) {
    ipc.handle(desktopChannel(name), (_event, input) => run(deps, name, input));
  }
  ipc.on(IPC_CHANNELS.desktopListening, ({ sender }) => page.listen(sender));
  // A new document has not begun to listen yet.
  ipc.on(IPC_CHANNELS.pageStarted, ({ sender }) => page.forget(sender));
  return page;
}

function run<Name extends DesktopCommandName>(
  { commands, onUnexpected }: DesktopIpcDeps,
  name: Name,
  input: unknown,
): Outcome<unknown> {
  const parsed = desktopSchemas[name].safeParse(input);
  if (!parsed.success) {
    return { ok: false, problem: problem('bad-input', { reason: `${name}: not its input` }) };
  }
  try {
    const command = commands[name] as (input: DesktopInput<Name>) => unknown;
    return { ok: true, value: command(parsed.data) };
  } catch (error) {
    if (!(error instanceof ProblemError)) onUnexpected(error);
    return { ok: false, problem: problemOf(error) };
  }
}

class Page implements DesktopPage {
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

  show(state: DesktopState): void {
    this.#send(IPC_CHANNELS.desktopState, state);
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
