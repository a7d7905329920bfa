import type { Outcome } from '../shared/chat-bridge.ts';
import {
  HOST_COMMAND_NAMES,
  type HostCommandName,
  type HostCommands,
  type HostInput,
} from '../shared/host-bridge.ts';
import { hostSchemas } from '../shared/host-schemas.ts';
import { hostChannel, IPC_CHANNELS } from '../shared/ipc-channels.ts';
import type { ContactId } from '../shared/model.ts';
import { problem } from '../shared/problem.ts';
import { type IpcPort, REFUSED } from './ipc.ts';
import { type NativeNotice, Notifications } from './notifications.ts';
import { isTrustedSender } from './sender.ts';
import type { PageContents } from './subscriptions.ts';

export interface HostIpcDeps {
  readonly ipcMain: IpcPort;
  /** Electron's `Notification`. */
  readonly Notification: {
    new (options: { title: string; body: string; silent: boolean }): NativeNotice;
    isSupported(): boolean;
  };
  readonly app: { setBadgeCount(count: number): unknown };
  /** Opens the window, or brings it to the front. */
  readonly presentWindow: () => void;
  /** The one origin that is listened to. */
  readonly origin: string;
  readonly onUnexpected: (error: unknown) => void;
}

/** What the page does on the user's desktop, by Electron. */
export function serveHostIpc(deps: HostIpcDeps): { readonly notifications: Notifications } {
  const { ipcMain, Notification, app, presentWindow, origin, onUnexpected } = deps;
  const opening = new Opening();
  const notifications = new Notifications({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    onClick: (contactId) => {
      opening.ask(contactId);
      presentWindow();
    },
  });
  const access = () => (notifications.supported ? 'granted' : 'unsupported');
  const commands: HostCommands = {
    notify: (notice) => {
      notifications.show(notice);
      return null;
    },
    withdrawNotice: ({ contactId }) => {
      notifications.withdraw(contactId);
      return null;
    },
    setUnread: ({ count }) => {
      app.setBadgeCount(count);
      return null;
    },
    noticeAccess: access,
    // Electron asks nobody; the system's own settings decide.
    askNoticeAccess: access,
  };
  for (const name of HOST_COMMAND_NAMES) {
    ipcMain.handle(hostChannel(name), (event, input) =>
      isTrustedSender(event, origin) ? run(commands, name, input, onUnexpected) : REFUSED,
    );
  }
  ipcMain.on(IPC_CHANNELS.openListening, (event) => {
    if (!isTrustedSender(event, origin)) return;
    // A page that begins knows of no notification that stands.
    notifications.clear();
    opening.listen(event.sender);
  });
  return { notifications };
}

function run<Name extends HostCommandName>(
  commands: HostCommands,
  name: Name,
  input: unknown,
  onUnexpected: (error: unknown) => void,
): Outcome<unknown> {
  const parsed = hostSchemas[name].safeParse(input);
  if (!parsed.success) {
    return { ok: false, problem: problem('bad-input', { reason: `${name}: not its input` }) };
  }
  try {
    const command = commands[name] as (input: HostInput<Name>) => unknown;
    return { ok: true, value: command(parsed.data) };
  } catch (error) {
    onUnexpected(error);
    return { ok: false, problem: problem('internal') };
  }
}

/** The way to the page that shows conversations; while there is none, the last wish waits for it. */
class Opening {
  #page: PageContents | null = null;
  #wish: ContactId | null = null;

  listen(page: PageContents): void {
    this.#page = page;
    page.once('destroyed', () => {
      if (this.#page === page) this.#page = null;
    });
    if (this.#wish !== null) this.ask(this.#wish);
  }

  ask(contactId: ContactId): void {
    if (this.#page === null || this.#page.isDestroyed()) {
      this.#wish = contactId;
      return;
    }
    this.#wish = null;
    this.#page.send(IPC_CHANNELS.openConversation, contactId);
  }
}
